import { execFileSync } from 'node:child_process'
import { chmod, mkdir, readFile, readdir, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createFolderDevice } from '../../../../electron/printing/folder.ts'
import type { PrintDevice } from '../../../../electron/printing/device.ts'
import { aDocument, aPdf, memoryLog, noon, temporaryFolder } from '../../../fixtures/hosts.ts'

const isRoot = process.getuid?.() === 0
const bytes = aPdf()

const printerFor = (folder: string, randomName?: () => string): PrintDevice =>
  createFolderDevice({ folder, now: () => noon, log: memoryLog(), ...(randomName && { randomName }) })

describe('saving a slip', () => {
  it('puts it whole into the folder, under a name that says only when', async () => {
    const folder = await temporaryFolder('prints')
    const outcome = await printerFor(folder).submit(aDocument())
    const [file, ...others] = await readdir(folder)
    expect(others).toStrictEqual([])
    expect(file).toMatch(/^slip-20261123T040000Z-[0-9a-f]{4}\.pdf$/)
    expect(outcome).toStrictEqual({ kind: 'taken', ticket: file })
    expect(await printerFor(folder).ask(file ?? '')).toStrictEqual({ kind: 'saved', file })
    expect(await readFile(join(folder, file ?? ''))).toStrictEqual(Buffer.from(bytes))
  })

  it('knows of no slip that is not there, and takes none back', async () => {
    const device = printerFor(await temporaryFolder('prints'))
    expect(await device.ask('slip-20261123T040000Z-aaaa.pdf')).toStrictEqual({ kind: 'unknown' })
    expect(await device.cancel('slip-20261123T040000Z-aaaa.pdf')).toBe(false)
    expect(await device.status()).toStrictEqual({ kind: 'ready', warnings: [] })
  })

  it('makes the folder where there is none', async () => {
    const folder = join(await temporaryFolder('prints'), 'a', 'b')
    expect(await printerFor(folder).submit(aDocument())).toMatchObject({ kind: 'taken' })
  })

  it('is for the account of the kiosk alone', async () => {
    const folder = await temporaryFolder('prints')
    await printerFor(folder, () => 'aaaa').submit(aDocument())
    const { mode } = await stat(join(folder, 'slip-20261123T040000Z-aaaa.pdf'))
    expect(mode & 0o077).toBe(0)
  })

  it('never writes over an earlier slip', async () => {
    const folder = await temporaryFolder('prints')
    const names = ['aaaa', 'aaaa', 'bbbb'][Symbol.iterator]()
    const printer = printerFor(folder, () => names.next().value ?? 'none')
    await printer.submit(aDocument())
    await printer.submit(aDocument({ pdf: aPdf({ pages: 2 }) }))
    expect(await readFile(join(folder, 'slip-20261123T040000Z-aaaa.pdf'))).toStrictEqual(Buffer.from(bytes))
    expect(await readdir(folder)).toStrictEqual([
      'slip-20261123T040000Z-aaaa.pdf',
      'slip-20261123T040000Z-bbbb.pdf',
    ])
  })

  it('gives up where every name is taken', async () => {
    const folder = await temporaryFolder('prints')
    const printer = printerFor(folder, () => 'aaaa')
    await printer.submit(aDocument())
    expect(await printer.submit(aDocument())).toStrictEqual({ kind: 'refused', problem: 'unknown' })
  })

  it('saves several at once', async () => {
    const folder = await temporaryFolder('prints')
    const printer = printerFor(folder)
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => printer.submit(aDocument())))
    const files = outcomes.map((outcome) => (outcome.kind === 'taken' ? outcome.ticket : outcome.kind))
    expect(await readdir(folder)).toStrictEqual(files.toSorted())
  })
})

it('clears away what a power cut has left half written, and nothing else', async () => {
  const folder = await temporaryFolder('prints')
  const hour = 3_600_000
  const files = {
    '.slip-20261123T040000Z-aaaa.pdf.part': -hour,
    '.slip-20261123T040000Z-bbbb.pdf.part': hour,
    '.slip-20261123T040000Z-cccc.pdf.part': 0,
    '.slip-other.part': -hour,
    'slip-20261123T040000Z-dddd.pdf': -hour,
    'slip-20261123T040000Z-eeee.pdf.part': -hour,
  }
  for (const [name, age] of Object.entries(files)) {
    const at = new Date(Date.now() + age)
    await writeFile(join(folder, name), '')
    await utimes(join(folder, name), at, at)
  }
  printerFor(folder)
  const left = Object.keys(files).filter((name) => !/-(aaaa|bbbb)\./.test(name))
  await vi.waitFor(async () => expect((await readdir(folder)).toSorted()).toStrictEqual(left.toSorted()))
})

describe('a folder that cannot be written', () => {
  it.each([
    { title: 'is a file', below: 'taken' },
    { title: 'lies below a file', below: 'taken/prints' },
    { title: 'is a link to nowhere', below: 'broken' },
    { title: 'is a link to itself', below: 'circle' },
    { title: 'lies below a link to itself', below: 'circle/prints' },
    { title: 'has a name that is too long', below: 'x'.repeat(300) },
  ])('$title', async ({ below }) => {
    const parent = await temporaryFolder('prints')
    await writeFile(join(parent, 'taken'), '')
    await symlink(join(parent, 'none/prints'), join(parent, 'broken'))
    await symlink(join(parent, 'circle'), join(parent, 'circle'))
    const log = memoryLog()
    const printer = createFolderDevice({ folder: join(parent, below), now: () => noon, log })
    expect(await printer.submit(aDocument())).toStrictEqual({ kind: 'refused', problem: 'not-writable' })
    expect(log.lines.at(-1)).toMatchObject({ level: 'error' })
  })

  it.skipIf(isRoot)(
    `denies this account${isRoot ? ' (not run: nothing is denied to root)' : ''}`,
    async () => {
      const folder = await temporaryFolder('prints')
      await chmod(folder, 0o500)
      expect(await printerFor(folder).submit(aDocument())).toStrictEqual({
        kind: 'refused',
        problem: 'not-writable',
      })
    },
  )
})

describe('a file system that is', () => {
  let mounted = ''
  const canMount = isRoot && process.platform === 'linux' && tryMount()
  const whyNot = canMount ? '' : ' (not run: only root on Linux may mount a file system for it)'

  function tryMount(): boolean {
    try {
      execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  }

  beforeAll(async () => {
    if (!canMount) return
    mounted = join(await temporaryFolder('full'), 'disk')
    await mkdir(mounted)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', mounted])
  })
  afterAll(() => {
    if (mounted) execFileSync('umount', [mounted])
  })

  it.skipIf(!canMount)(`full keeps nothing of a slip${whyNot}`, async () => {
    const large = new Uint8Array(200_000).fill(7)
    expect(await printerFor(mounted).submit(aDocument({ pdf: large }))).toStrictEqual({
      kind: 'refused',
      problem: 'disk-full',
    })
    expect(await readdir(mounted)).toStrictEqual([])
    expect(await printerFor(mounted).submit(aDocument())).toMatchObject({ kind: 'taken' })
  })

  it.skipIf(!canMount)(`read-only takes no slip${whyNot}`, async () => {
    execFileSync('mount', ['-o', 'remount,ro', mounted])
    expect(await printerFor(mounted).submit(aDocument())).toStrictEqual({
      kind: 'refused',
      problem: 'not-writable',
    })
  })
})
