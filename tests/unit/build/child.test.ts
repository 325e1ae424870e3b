import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runChild, runQuietly } from '../../../build/child.ts'

const root = join(import.meta.dirname, '../../..')
const pinnedNode = join(root, 'node_modules/node/bin/node')

/** JavaScript for `node -e` that starts `script` as a program of its own. */
const starting = (script: string): string =>
  `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(script)}], { stdio: 'inherit' });`

const forEver = 'setInterval(() => {}, 1000);'

/** Ends only by SIGKILL. */
const stubborn = `for (const s of ['SIGINT', 'SIGTERM']) process.on(s, () => {}); console.log('up'); ${forEver}`

/** A host that ends when told to, but leaves a stubborn program behind. */
const careless = `${starting(stubborn)} process.on('SIGINT', () => { console.log('told'); process.exit(0) }); ${forEver}`

/** Runs `careless` through runChild in a process of its own, then shows how it ended. */
const parent = `
  import { runChild } from ${JSON.stringify(join(root, 'build/child.ts'))}
  console.log(JSON.stringify(await runChild(process.execPath, ['-e', ${JSON.stringify(careless)}])))
`

describe('runChild', () => {
  test.each([
    ['once', 1],
    ['twice, as a terminal and a parent both send it', 2],
  ])('leaves nothing running after SIGINT came %s', async (_, times) => {
    const child = spawn(pinnedNode, ['--input-type=module', '-e', parent])
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output === 'up\n') for (let sent = 0; sent < times; sent += 1) child.kill('SIGINT')
    })
    // `close` comes once nobody holds the output any more: the stubborn one is gone too.
    await new Promise((resolve) => child.on('close', resolve))
    expect(output).toBe('up\ntold\n{"code":0,"interrupted":true}\n')
  })

  test('ends a program that takes longer than it may', async () => {
    const lines: string[] = []
    const ended = await runChild(pinnedNode, ['-e', `console.log('up'); ${forEver}`], {
      output: (line) => lines.push(line),
      limit: 1500,
    })
    expect(ended).toEqual({ code: 143, interrupted: false })
    expect(lines).toEqual(['up'])
  })

  test('rejects where there is no such program', async () => {
    await expect(runChild('/no/such/program', [])).rejects.toThrow('ENOENT')
  })
})

describe('runQuietly', () => {
  test('keeps quiet about a program that succeeds', async () => {
    const said: string[] = []
    await runQuietly(pinnedNode, ['-e', 'console.log(1)'], (line) => said.push(line))
    expect(said).toEqual([])
  })

  test("throws a failing program's last words, without colours", async () => {
    const script = `for (let i = 0; i < 50; i += 1) console.error('\\u001b[31mline ' + i); process.exitCode = 4`
    const error: unknown = await runQuietly(pinnedNode, ['-e', script], () => undefined).catch(
      (thrown: unknown) => thrown,
    )
    const words = String(error)
    expect(words).toContain('ended with code 4')
    expect(words).toContain('    line 49')
    expect(words).not.toContain('line 3\n')
  })
})
