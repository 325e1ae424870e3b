/** The dashes an office document joins a title's halves with: hyphens, em dashes and box-drawing lines alike. */
const dashes = '\\-‐‑‒–—―─━－﹣﹘−'
const dashRun = new RegExp(`[${dashes}]+`, 'g')

/** No title is longer; a text that is, is something else and not worth reading as one. */
export const longestTitle = 200

/** A service's official title and its two halves; `family` is null where no dash divides it. */
export type Title = {
  readonly title: string
  readonly family: string | null
  readonly name: string
  /** Each run of dashes as it was written, in order. */
  readonly dashes: readonly string[]
  /** Stray punctuation taken off the end ("、"), or an empty string. */
  readonly trailing: string
}

/**
 * Normalises a title: each run of dashes becomes one —, spaces around Chinese text and line breaks go, a
 * separator left at the end is taken off. A lone hyphen between Latin letters or digits stays as it is.
 */
export function readTitle(text: string): Title {
  const tidy = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ ?([^\p{Script=Latin}\p{Nd} ]) ?/gu, '$1')
  const trailing = /[、，,；;。.：:]+$/.exec(tidy)?.[0] ?? ''
  const body = tidy.slice(0, tidy.length - trailing.length)
  const found: string[] = []
  const title = body.replace(dashRun, (run, at: number) => {
    const between = `${body[at - 1] ?? ''}${body[at + run.length] ?? ''}`
    if (run.length === 1 && run !== '—' && /^[A-Za-z0-9]{2}$/.test(between)) return run
    found.push(run)
    return '—'
  })
  const cut = title.indexOf('—')
  const family = title.slice(0, Math.max(cut, 0))
  const name = title.slice(cut + 1)
  const halves = family !== '' && name !== '' ? { family, name } : { family: null, name: title }
  return { title, ...halves, dashes: found, trailing }
}

/** What two spellings of one title share: brackets and letters in one width, no spaces, one kind of dash. */
export function titleKey(title: string): string {
  return readTitle(title).title.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
}
