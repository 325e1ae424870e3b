import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import subsetFont from 'subset-font'
import type { Plugin } from 'vite'
import type { Language } from '../data/translations.ts'
import { en } from '../renderer/i18n/en.ts'
import { ug } from '../renderer/i18n/ug.ts'
import type { Words } from '../renderer/i18n/words.ts'
import { zhCN } from '../renderer/i18n/zh-CN.ts'

const words: Readonly<Record<Language, Words>> = { 'zh-CN': zhCN, en, ug }

/** What the cover says, by the names index.html has for it: `title:en`. */
const said: ReadonlyMap<string, string> = new Map(
  Object.entries(words).flatMap(([language, { home, attract }]) => [
    [`title:${language}`, home.title],
    [`start:${language}`, attract.start],
  ]),
)

/** The fonts the cover is set in, by the name it has for them. */
const fonts = {
  'cover-500': 'renderer/fonts/noto-sans-sc-500.woff2',
  'cover-900': 'renderer/fonts/noto-sans-sc-900.woff2',
  'cover-arabic':
    'node_modules/@fontsource-variable/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2',
} as const

/**
 * Cuts the fonts down to what the cover says, a few kilobytes each, so that its words are there with its first
 * frame: into `folder`, as `cover-500.woff2` and so on.
 */
export async function cutCoverFonts(
  root: string,
  folder = join(root, 'node_modules/.cache/cover'),
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const text = [...said.values()].join('')
  for (const [name, source] of Object.entries(fonts)) {
    const font = await subsetFont(readFileSync(join(root, source)), text, { targetFormat: 'woff2' })
    writeFileSync(join(folder, `${name}.woff2`), font)
  }
}

/** `html` with the words it has names for; throws where it names none. */
export function coverWords(html: string): string {
  return html.replaceAll(/\{\{([\w:-]+)\}\}/gu, (_, name: string) => {
    const text = said.get(name)
    if (text === undefined || /[<>&]/u.test(text)) throw new Error(`There are no words for {{${name}}}`)
    return text
  })
}

/** Fills in the words of the page that stands until the program does, and makes the fonts it is set in. */
export function coverPage(root: string): Plugin {
  return {
    name: 'cover',
    async buildStart() {
      await cutCoverFonts(root)
    },
    transformIndexHtml: { order: 'pre', handler: coverWords },
  }
}
