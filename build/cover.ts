import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import subsetFont from 'subset-font'
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite'
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
 * frame. Returns `folder`, where `cover-500.woff2` and the others are then.
 */
export async function cutCoverFonts(
  root: string,
  folder = join(root, 'node_modules/.cache/cover'),
): Promise<string> {
  mkdirSync(folder, { recursive: true })
  const text = [...said.values()].join('')
  for (const [name, source] of Object.entries(fonts)) {
    const font = await subsetFont(readFileSync(join(root, source)), text, { targetFormat: 'woff2' })
    writeFileSync(join(folder, `${name}.woff2`), font)
  }
  return folder
}

/** `html` with the words it has names for; throws where it names none. */
export function coverWords(html: string): string {
  return html.replaceAll(/\{\{([\w:-]+)\}\}/gu, (_, name: string) => {
    const text = said.get(name)
    if (text === undefined || /[<>&]/u.test(text)) throw new Error(`There are no words for {{${name}}}`)
    return text
  })
}

/** Fills in the words of the page that stands until the program does, and has it fetch the program meanwhile. */
export function coverPage(): Plugin[] {
  return [
    { name: 'cover-words', transformIndexHtml: { order: 'pre', handler: coverWords } },
    {
      name: 'cover-ahead',
      transformIndexHtml: {
        order: 'post',
        handler: (_, { bundle, path }) => (bundle && path.endsWith('/index.html') ? tagsAhead(bundle) : []),
      },
    },
  ]
}

/** Has everything fetched that the first screen needs, what the cover needs first. */
function tagsAhead(bundle: Rolldown.OutputBundle): HtmlTagDescriptor[] {
  const outputs = Object.values(bundle)
  const program = outputs.find(
    (output) => output.type === 'chunk' && output.isDynamicEntry && output.name === 'main',
  )
  if (program?.type !== 'chunk') throw new Error('The program is not a chunk of its own')
  const fontsNamed = (pattern: RegExp) =>
    outputs
      .filter((output) => output.type === 'asset' && output.names.some((name) => pattern.test(name)))
      .map(({ fileName }) => ahead({ rel: 'preload', as: 'font', href: `/${fileName}` }))
  const scripts = [program.fileName, ...program.imports]
  const styles = scripts.flatMap((name) => {
    const chunk = bundle[name]
    return chunk?.type === 'chunk' ? [...(chunk.viteMetadata?.importedCss ?? [])] : []
  })
  return [
    ...fontsNamed(/^cover-/u),
    ...scripts.map((name) => ahead({ rel: 'modulepreload', href: `/${name}` })),
    ...styles.map((name) => ahead({ rel: 'preload', as: 'style', href: `/${name}` })),
    ...fontsNamed(/^noto-sans-sc-\d00\.woff2$/u),
  ]
}

const ahead = (attrs: Readonly<Record<string, string>>): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: { ...attrs, crossorigin: true },
  injectTo: 'head',
})
