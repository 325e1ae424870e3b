import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { runBundle } from '../../../build/edition-bundle.ts'
import { contentFolder, noon, temporaryFolder } from '../../fixtures/hosts.ts'

let folder: string
beforeEach(async () => {
  folder = await temporaryFolder('bundle')
})

const at = (name: string): string => join(folder, name)

/** Runs the command; words that look like a file's name are files of the folder. */
async function run(call: string, passphrase: string | null = null) {
  const args = call.split(' ').map((word) => (/^[\w-]+\.(key|pub|json|kiosk)$/.test(word) ? at(word) : word))
  return runBundle(args, { now: noon, passphrase })
}
const create = (name: string, passphrase: string | null = null) =>
  runBundle(['keys', 'create', at(name)], { now: noon, passphrase })
const idOf = (output: string): string => /[0-9a-f]{16}/.exec(output)?.[0] ?? ''

/** A root key, a key that signs, and the list that says so. */
async function prepared(): Promise<string> {
  await create('root')
  const id = idOf((await create('office')).output)
  await run('keys list --root root.key --add office.pub --out keys.json')
  return id
}

describe('npm run bundle', () => {
  it('makes a signed bundle of a folder of content, and checks it', async () => {
    await prepared()
    const content = await contentFolder()
    const made = await run(
      `make --content ${content} --sequence 3 --site urumqi --key office.key --out a.kiosk`,
    )
    expect(made).toMatchObject({ exitCode: 0, output: expect.stringContaining('sequence     3') })
    const checked = await run('check a.kiosk --root root.pub --keys keys.json')
    expect(checked.exitCode).toBe(0)
    expect(checked.output).toMatch(/signature {4}of "office" \([0-9a-f]{16}\)$/)
    expect(checked.output).toMatch(/fingerprint {2}\p{Script=Han}{4}\n/u)
    expect(checked.output).toContain('for          urumqi; all kiosks')
  })

  it('signs a bundle that was made without a key, such as one a kiosk has exported', async () => {
    await prepared()
    expect((await run(`make --content ${await contentFolder()} --out plain.kiosk`)).exitCode).toBe(0)
    const checkedPlain = await run('check plain.kiosk --root root.pub --keys keys.json')
    expect(checkedPlain.output).toContain('none: staff have to approve it')
    expect((await run('sign plain.kiosk --key office.key --out a.kiosk')).output).toContain('--sequence')
    await run('sign plain.kiosk --key office.key --sequence 9 --out a.kiosk')
    expect((await run('check a.kiosk --root root.pub --keys keys.json')).output).toContain('of "office"')
  })

  it('refuses what a revoked key has signed, and what was damaged', async () => {
    const id = await prepared()
    await run(`make --content ${await contentFolder()} --sequence 1 --key office.key --out a.kiosk`)
    await run(`keys list --root root.key --revoke ${id} --out keys.json`)
    const checked = await run('check a.kiosk --root root.pub --keys keys.json')
    expect(checked).toMatchObject({ exitCode: 1, output: expect.stringContaining('revoked') })
    writeFileSync(at('a.kiosk'), readFileSync(at('a.kiosk')).subarray(0, -1))
    expect(await run('check a.kiosk')).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('damaged'),
    })
  })

  it('counts the key list up, and goes on from the one there is', async () => {
    await prepared()
    const second = idOf((await create('second')).output)
    const listed = await run('keys list --root root.key --add second.pub --reset-floor 40 --out keys.json')
    expect(listed.output).toContain('Key list 2')
    expect(listed.output.split('\n')).toHaveLength(3)
    expect(listed.output).toContain(second)
    await create('other')
    expect(await run('keys list --root other.key --out keys.json')).toMatchObject({ exitCode: 1 })
  })

  it('never writes over a key, keeps it from others, and ciphers it where asked to', async () => {
    await create('root', 'correct horse')
    const before = readFileSync(at('root.key'), 'utf8')
    expect(statSync(at('root.key')).mode & 0o077).toBe(0)
    expect(before).toContain('ENCRYPTED')
    expect((await create('root')).exitCode).toBe(1)
    expect(readFileSync(at('root.key'), 'utf8')).toBe(before)
    expect((await run('keys list --root root.key --out keys.json', 'wrong')).output).toContain(
      'KIOSK_KEY_PASSPHRASE',
    )
    expect((await run('keys list --root root.key --out keys.json', 'correct horse')).exitCode).toBe(0)
  })

  it.each([
    '',
    'make',
    'sign',
    'check',
    'keys',
    'keys list --out keys.json',
    'make --sequence x --out a.kiosk',
    'foo',
    'make --foo',
  ])('explains itself where it is called wrongly: %j', async (call) => {
    const { exitCode, output } = await run(call)
    expect(exitCode).toBe(2)
    expect(output).toContain('Usage: npm run bundle')
    expect(existsSync(at('a.kiosk'))).toBe(false)
  })
})
