const digits = '〇一二三四五六七八九'

/** A count as it is numbered in Chinese: 十二, 二十; from 100 on digit by digit. Only for whole numbers from 0. */
export function chineseNumeral(count: number): string {
  if (count > 99) return [...String(count)].map((digit) => digits[Number(digit)]).join('')
  const tens = Math.floor(count / 10)
  const ones = digits[count % 10] ?? ''
  if (tens === 0) return ones
  return `${tens === 1 ? '' : (digits[tens] ?? '')}十${count % 10 === 0 ? '' : ones}`
}
