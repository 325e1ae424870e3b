import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = await readFile(join(import.meta.dirname, '../../../renderer/styles/tokens.css'), 'utf8')

/** The declarations of the rule with exactly this selector. */
function declarations(selector: string): ReadonlyMap<string, string> {
  const start = css.indexOf(`\n${selector} {`)
  if (start < 0) throw new Error(`No rule ${selector} in tokens.css`)
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start)).replace(/\/\*.*?\*\//gsu, '')
  const pairs = [...body.matchAll(/--([\w-]+):\s*([^;]+);/gu)]
  return new Map(pairs.map(([, name = '', value = '']) => [name, value.trim()]))
}

const usual = declarations(':root')
const themes = {
  normal: usual,
  light: new Map([...usual, ...declarations(":root[data-contrast='light']")]),
  dark: new Map([...usual, ...declarations(":root[data-contrast='dark']")]),
}

/** Relative luminance of "#rrggbb" (WCAG 2.2). */
function luminance(colour: string): number {
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/iu.exec(colour)
  if (!hex) throw new Error(`Not a plain colour: ${colour}`)
  const [red = 0, green = 0, blue = 0] = hex.slice(1).map((part) => {
    const share = parseInt(part, 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** 1 to 21 (WCAG 2.2). */
function contrastOf(a: string, b: string): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (lighter + 0.05) / (darker + 0.05)
}

/** What is written on what, anywhere in the components. */
const texts: Readonly<Record<string, readonly string[]>> = {
  ink: ['paper', 'surface', 'surface-pressed'],
  'ink-soft': ['paper', 'surface', 'surface-pressed'],
  action: ['paper', 'surface', 'surface-pressed', 'action-ground'],
  'action-deep': ['action-ground'],
  'on-action': ['action', 'action-deep'],
  'on-action-soft': ['action', 'action-deep'],
  care: ['care-ground', 'paper'],
  good: ['good-ground', 'surface'],
  surface: ['ink', 'ink-soft'],
}

/** What marks a control or where one is, and what rests: enough to be made out. */
const marks: Readonly<Record<string, readonly string[]>> = {
  edge: ['paper', 'surface'],
  focus: ['paper', 'surface', 'action-ground'],
  action: ['paper', 'surface'],
  'ink-faint': ['paper', 'surface'],
  ink: ['rule'],
}

const cases = (pairs: typeof texts) =>
  Object.entries(themes).flatMap(([theme, colours]) =>
    Object.entries(pairs).flatMap(([front, grounds]) =>
      grounds.map((ground) => ({
        pair: `${theme}: ${front} on ${ground}`,
        contrast: contrastOf(colours.get(front) ?? '', colours.get(ground) ?? ''),
      })),
    ),
  )

describe('the colours of every theme', () => {
  test('contrast is measured as WCAG 2.2 defines it', () => {
    expect(contrastOf('#ffffff', '#000000')).toBeCloseTo(21)
    expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  })

  test.each(cases(texts))('$pair is at least 7:1', ({ contrast }) => {
    expect(contrast).toBeGreaterThanOrEqual(7)
  })

  test.each(cases(marks))('$pair is at least 3:1', ({ contrast }) => {
    expect(contrast).toBeGreaterThanOrEqual(3)
  })
})

/** A theme that moved something would have to be measured in every size and language. */
test.each(['light', 'dark'])('the %s theme changes colours and nothing else', (theme) => {
  for (const [name, value] of declarations(`:root[data-contrast='${theme}']`)) {
    expect(usual.has(name), name).toBe(true)
    expect(value, name).toMatch(/^(#[\da-f]{6}|rgb\([\d ]+\/ \d+%\))$/iu)
  }
})
