import type { Material } from '../catalogue.ts'
import { readNumber } from './characters.ts'

/** What an entry's wording says of originals and photocopies; `bare` and `duplicate` say what had to be assumed. */
export type Counts = Pick<Material, 'originals' | 'photocopies' | 'asks' | 'inspectOnly'> & {
  /** The words taken for a count of originals though they name no 原件 ("照片2张"), or null. */
  readonly bare: string | null
  /** The words where 副本 was taken for a photocopy, or null. */
  readonly duplicate: string | null
  /** The words that give one number for an original and something beside it ("原件及其复印件3份"), or null. */
  readonly joint: string | null
  /** The words that leave the choice ("原件或复印件"), which `asks` cannot say; or null. */
  readonly either: string | null
  /** The words of a number that is left to the text, for it counts something else ("照片四张"); or null. */
  readonly uncounted: string | null
}

const number = '[0-9０-９]{1,2}|[一二两三四五六七八九十]{1,3}'
const amount = `(?:各)?(?:一式)?(?<number>${number})份`
const bothEach = new RegExp(`原件(?:[、和与及]|及其|以及)复印件各(?:一式)?(?<number>${number})份`)
const copiesOfOriginal = new RegExp(`原件(?:[、和与及]|及其|以及)复印件${amount}`)
const originals = new RegExp(
  `(?:(?:原件|正本)(?:[、和与及]电子版)?${amount}|(?<![件本])一式(?<set>${number})份)`,
)
const photocopies = new RegExp(`复印件${amount}`)
const duplicates = new RegExp(`副本${amount}`)
const bareAmount = new RegExp(
  `(?:各)?(?<![0-9０-９一二两三四五六七八九十第近每]|每人|不少于)(?<number>${number})[份张](?=$|[（(）)，,；;、。\\s])`,
)

const either = /原件或者?复印件|复印件或者?原件/
const besides = new RegExp(`\\p{Script=Han}{0,6}?(?:${number})张`, 'u')

const bracket = /[（(][^（）()]*[）)]/g
const ofTheEntry = new RegExp(
  `^.(?:各|均|应当?|需要?|须|请|提供|提交|携带|出示|上传){0,4}(?:原件|正本|复印件|副本|一式|(?:${number})[份张])`,
)
const demandOfItsOwn = /如果|应|需|须|提供|提交|上传/

/**
 * The text without the brackets that demand another paper in some case ("（如果档案不全，应提供…原件）"):
 * they say nothing of the entry itself. One that says of what the entry consists does ("（即…文件原件）").
 */
const withoutAsides = (text: string): string =>
  text.replace(bracket, (words) => (ofTheEntry.test(words) || !demandOfItsOwn.test(words) ? words : ''))

/** The copies an entry asks for, as far as its wording says. */
export function countsOf(wording: string): Counts {
  const text = withoutAsides(wording)
  const numberIn = (pattern: RegExp) => {
    const found = pattern.exec(text)
    const value = found && readNumber(found.groups?.['number'] ?? found.groups?.['set'] ?? '')
    return found && value ? { value, words: found[0] } : null
  }
  const each = numberIn(bothEach)
  const pair = each ? null : numberIn(copiesOfOriginal)
  const original = each ?? numberIn(originals)
  const copy = each ?? pair ?? numberIn(photocopies)
  const duplicate = copy ? null : numberIn(duplicates)
  const bare = original || copy || duplicate ? null : numberIn(bareAmount)
  const asksOriginal = text.includes('原件') || original !== null || bare !== null
  const asksCopy = /复印件|副本/.test(text)
  return {
    originals: (original ?? bare)?.value ?? null,
    photocopies: (copy ?? duplicate)?.value ?? null,
    asks: [...(asksOriginal ? (['original'] as const) : []), ...(asksCopy ? (['photocopy'] as const) : [])],
    inspectOnly: /备查|出示/.test(wording),
    bare: bare?.words ?? null,
    duplicate: duplicate?.words ?? (/副本/.test(text) ? '副本' : null),
    joint: pair?.words ?? (original?.words.includes('电子版') ? original.words : null),
    either: either.exec(text)?.[0] ?? null,
    uncounted: original || copy || duplicate ? (besides.exec(text)?.[0] ?? null) : null,
  }
}
