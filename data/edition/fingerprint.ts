/**
 * The characters fingerprints are made of: common things, each sounding unlike all others even where zh and z, n and
 * l, or in and ing are not told apart, and none that means ill, mourns or mocks beside another.
 */
export const fingerprintCharacters =
  '山水木鱼马雷羊湖云雪风月星光桥船车门灯书笔茶米豆桃梨竹松梅田河海江湾岛路塔楼泉园布线针钟鼓琴棋弓金铜春夏冬西南北红绿麦棉糖油糕果'

/** Characters in a fingerprint: 24 bits, enough to tell a department's editions apart, not to stop a forger. */
const length = 4

/** An edition's content as four characters that two people can compare over the telephone; from its SHA-256. */
export function fingerprint(sha256: string): string {
  const bits = parseInt(sha256.slice(0, 6), 16)
  return Array.from({ length }, (_, at) =>
    fingerprintCharacters.charAt((bits >> (6 * (length - 1 - at))) & 63),
  ).join('')
}
