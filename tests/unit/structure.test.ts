import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'

const eslint = new ESLint()

/** The rules a piece of source would break were it the file `path`. */
async function rulesBroken(path: string, source: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(source, { filePath: path })
  return (result?.messages ?? []).map(({ ruleId }) => ruleId ?? 'parse error')
}

describe('imports point only into data/', () => {
  it.each([
    ['data/new.ts', '../renderer/host.ts'],
    ['data/new.ts', '../electron/log.ts'],
    ['data/intake/new.ts', '../../build/setup.ts'],
    ['data/new.ts', 'node:fs'],
    ['data/new.ts', 'vue'],
    ['data/new.ts', 'electron'],
    ['renderer/stores/new.ts', '../../electron/log.ts'],
    ['renderer/new.ts', 'node:path'],
    ['renderer/pages/NewPage.vue', '../../electron/log.ts'],
    ['electron/new.ts', '../renderer/host.ts'],
    ['electron/services.ts', 'electron'],
  ])('%s may not import %s', async (path, target) => {
    const code = `import { it } from '${target}'\nexport const its = it\n`
    const source = path.endsWith('.vue')
      ? `<script setup lang="ts">\n${code.split('\n')[0]}\n</script>\n\n<template>{{ it }}</template>\n`
      : code
    expect(await rulesBroken(path, source)).toContain('no-restricted-imports')
  })

  it.each([
    ['renderer/stores/new.ts', '../../data/search.ts'],
    ['electron/new.ts', '../data/search.ts'],
    ['electron/main.ts', 'electron'],
    ['build/new.ts', '../electron/log.ts'],
  ])('%s may import %s', async (path, target) => {
    const code = `import { it } from '${target}'\nexport const its = it\n`
    expect(await rulesBroken(path, code)).toEqual([])
  })
})
