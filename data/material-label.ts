/** An entry's wording in two parts for the eye: what it is, and how many of which kind. */
export type MaterialLabel = {
  readonly name: string
  /** The count without the brackets it stands in; null where the wording stays whole. */
  readonly counts: string | null
  /** The count exactly as it stands: `name + tail` is the wording, character by character. */
  readonly tail: string
}

/** The longest name and count, in characters, that stand apart on one line: the name at its start, the count at its end. */
const oneLine = 22

/** True where name and count are better read as one running text than at the two ends of a line. */
export function isRunning({ name, counts }: MaterialLabel): boolean {
  return counts !== null && name.length + counts.length > oneLine
}

const number = '[0-9０-９一二两三四五六七八九十]+'
const countWord = `(?:原件|复印件|副本|电子版|一式${number}份|${number}[份张]|备查)`
const link = '(?:各|其|及|和|与|或|、|，|；|;|,|\\s)'
const countPhrase = new RegExp(`^${countWord}(?:${link}*${countWord})*$`, 'u')
const startsWithCount = new RegExp(`^${link}*${countWord}`, 'u')
const bracketed = /^(.*[^（(])[（(]([^（()）]+)[)）]$/u
/** Several things, of which the count behind them may be the last one's only. */
const namesSeveral = /[及和或、，；]/u
/** Words that would hang in the air if the count were taken from behind them. */
const dangling = /[的及其和与或、，：；“《（(\s]$/u

/**
 * Takes the count off the end of an entry where it stands there by itself: "申请表（原件1份）" →
 * "申请表" and "原件1份"; "身份证原件备查" → "身份证" and "原件备查". Everywhere else the wording stays whole.
 */
export function labelMaterial(text: string): MaterialLabel {
  const inBrackets = bracketed.exec(text)
  if (inBrackets) {
    const [, name = '', counts = ''] = inBrackets
    return startsWithCount.test(counts) && counts.length <= 32
      ? { name, counts, tail: text.slice(name.length) }
      : whole(text)
  }
  for (let at = Math.max(1, text.length - 16); at < text.length; at += 1) {
    const name = text.slice(0, at)
    const counts = text.slice(at)
    if (
      countPhrase.test(counts) &&
      !namesSeveral.test(name) &&
      !dangling.test(name) &&
      isWholeNumber(name, counts)
    ) {
      return { name, counts, tail: counts }
    }
  }
  return whole(text)
}

function whole(text: string): MaterialLabel {
  return { name: text, counts: null, tail: '' }
}

/** False where the cut would run through a number ("1" | "0份"). */
function isWholeNumber(name: string, counts: string): boolean {
  return !(
    /[0-9０-９一二两三四五六七八九十]$/u.test(name) && /^[0-9０-９一二两三四五六七八九十]/u.test(counts)
  )
}
