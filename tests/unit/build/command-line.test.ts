import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')

/** Runs a tool as it is run in a checkout. */
function run(tool: string, ...args: readonly string[]) {
  const env = { ...process.env, LC_ALL: 'C.UTF-8' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, `build/${tool}.ts`), ...args], {
    encoding: 'utf8',
    env,
  })
  return { status, stdout, stderr }
}

describe.each(['doctor', 'printer', 'screen', 'staff'])('the command line of %s', (tool) => {
  it('shows its usage where that is asked for', () => {
    expect(run(tool, '--help')).toEqual({
      status: 0,
      stdout: expect.stringContaining(`Usage: npm run ${tool} -- [`),
      stderr: '',
    })
  })

  it.each([
    ['--nonsense', /Unknown option '--nonsense'/u],
    ['nonsense', /argument 'nonsense'|"nonsense" is not understood/u],
  ])('says that %s is not understood, and its usage', (word, why) => {
    const { status, stdout, stderr } = run(tool, word)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(why)
    expect(stderr).toContain(`Usage: npm run ${tool} -- [`)
    expect(stderr).not.toContain('    at ')
  })
})
