import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runChild } from './child.ts'
import { runCommand } from './setup.ts'

const root = join(import.meta.dirname, '..')

/** Runs the measurements in tests/bench one after the other; with words, only those whose names hold one. */
async function main(): Promise<number> {
  const words = process.argv.slice(2)
  const files = readdirSync(join(root, 'tests/bench'))
    .filter((name) => name.endsWith('.bench.ts'))
    .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  if (files.length === 0) {
    console.error(`No measurement is called ${words.join(' or ')}.\nPlease run: npm run bench`)
    return 1
  }
  for (const file of files) {
    console.log(`── ${file}`)
    const { code } = await runChild(process.execPath, [`tests/bench/${file}`], { cwd: root })
    if (code !== 0) return code
  }
  return 0
}

if (import.meta.main) await runCommand(main)
