import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { beforeAll, describe, expect, it } from 'vitest'
import { electronSystemFiles, forElectron, writeElectronLinux } from '../../../build/electron-linux.ts'
import { units } from '../../../build/deb/tree.ts'
import { temporaryFolder } from '../../fixtures/hosts.ts'

const root = join(import.meta.dirname, '../../..')
const isBuilt = existsSync(join(root, 'dist/electron/main.js'))
const onLinux = process.platform === 'linux'
const why = !isBuilt
  ? ' (not run: dist/ is not built)'
  : onLinux
    ? ''
    : ' (not run: it is packed on Linux only)'

// As they stand in the program: the characters 0 and 1.
const [off, on] = [48, 49]

/** A folder that stands for Electron's: its program has nothing but the place where fuses are set. */
async function aStandInElectron(): Promise<string> {
  const folder = await temporaryFolder('electron')
  const fuses = Buffer.from([1, 8, ...Buffer.from('11111111')])
  const program = Buffer.concat([
    Buffer.from('\x7fELF dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    fuses,
    Buffer.from('end'),
  ])
  await writeFile(join(folder, 'electron'), program, { mode: 0o755 })
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox'])
    await writeFile(join(folder, name), '')
  for (const name of ['locales', 'resources']) await mkdir(join(folder, name))
  return folder
}

describe.skipIf(why !== '')(`what electron-builder packs${why}`, () => {
  let out = ''
  /** What fpm, which makes the deb, would have been told, one word a line. */
  let told: string[] = []

  beforeAll(async () => {
    const electron = await aStandInElectron()
    out = await temporaryFolder('release')
    const tools = await temporaryFolder('tools')
    await writeFile(
      join(tools, 'fpm'),
      `#!/bin/sh\nprintf '%s\\n' "$@" >${out}/told\nls dist/linux/*.service >/dev/null || rm ${out}/told\n`,
    )
    await chmod(join(tools, 'fpm'), 0o755)
    const words = [
      'build/dist.ts',
      '--linux',
      'deb',
      `--config.electronDist=${electron}`,
      `--config.directories.output=${out}`,
    ]
    const { status, stderr, stdout } = spawnSync(process.execPath, words, {
      cwd: root,
      encoding: 'utf8',
      // Under a test runner electron-builder would say nothing.
      env: { USE_SYSTEM_FPM: 'true', PATH: `${tools}:${process.env['PATH'] ?? ''}`, HOME: out },
    })
    expect(existsSync(join(out, 'told')), `${status}: ${stdout}${stderr}`).toBe(true)
    told = readFileSync(join(out, 'told'), 'utf8').split('\n')
  }, 120_000)

  it('is in the archive: the built screen and host, the content, and nothing of the sources', () => {
    const files = listPackage(join(out, 'linux-unpacked/resources/app.asar'), { isPack: false })
    for (const file of [
      '/dist/electron/main.js',
      '/dist/electron/preload.cjs',
      '/dist/renderer/index.html',
      '/data/content/catalogue.json',
      '/package.json',
    ]) {
      expect(files).toContain(file)
    }
    expect(files.filter((file) => /\.(?:ts|vue|map)$|node_modules|^\/(?:tests|build)/u.test(file))).toEqual(
      [],
    )
  })

  it('has its fuses set', async () => {
    const { version, ...wire } = await getCurrentFuseWire(join(out, 'linux-unpacked/lobby-kiosk'))
    expect(version).toBe('1')
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: off,
      [FuseV1Options.EnableCookieEncryption]: on,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
      [FuseV1Options.EnableNodeCliInspectArguments]: off,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.OnlyLoadAppFromAsar]: on,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
    })
  })

  it('lies beside it: the tools and what runs them, and the system’s part', async () => {
    const resources = join(out, 'linux-unpacked/resources')
    expect(await readdir(resources)).toEqual(
      expect.arrayContaining(['app.asar', 'bin', 'host', 'kiosk.jsonc', 'system']),
    )
    expect((await readdir(join(resources, 'system'))).sort()).toEqual([
      'make-xauthority',
      'stick',
      'xkb',
      'xorg.conf',
    ])
    expect((await readdir(join(resources, 'system/xkb'))).sort()).toEqual(
      (await readdir(join(root, 'build/linux/xkb'))).sort(),
    )
    for (const program of ['system/stick', 'system/make-xauthority', 'bin/node']) {
      expect((await stat(join(resources, program))).mode & 0o111).toBe(0o111)
    }
    expect(await readdir(join(resources, 'host'))).toEqual(
      expect.arrayContaining(['doctor.js', 'screen.js', 'settings.js']),
    )
  })

  it('is laid out by the deb with its units, rules and scripts, each from a file that is there', () => {
    for (const [source, target] of Object.entries(electronSystemFiles)) {
      expect(told).toContain(`dist/linux/${source}=/${target}`)
      expect(existsSync(join(root, 'dist/linux', source))).toBe(true)
    }
    expect(told).toContain('--conflicts=lobby-kiosk-browser')
    expect(told).toContain('--before-remove=dist/linux/before-remove.sh')
    expect(told.filter((word) => word.startsWith('--depends') || word === 'xserver-xorg-core')).not.toEqual(
      [],
    )
  })
})

describe('the system’s part of the Electron host', () => {
  const source = (name: string): Promise<string> => readFile(join(root, 'build/linux', name), 'utf8')

  it('has every unit of the browser host', () => {
    expect(Object.keys(electronSystemFiles)).toEqual(expect.arrayContaining([...units]))
  })

  it('starts Electron in the place of the browser host, and its tools from beside it', async () => {
    const unit = forElectron(await source('lobby-kiosk.service'))
    expect(unit).toContain(
      '\nExecStart="/opt/Lobby Kiosk/lobby-kiosk" --state /var/lib/lobby-kiosk --prints ',
    )
    expect(forElectron(await source('lobby-kiosk-turn.service'))).toContain(
      '\nExecStart="/opt/Lobby Kiosk/resources/bin/node" "/opt/Lobby Kiosk/resources/host/screen.js" --state ',
    )
  })

  it('gives keyboards the kiosk’s keys, from beside it', async () => {
    expect(forElectron(await source('lobby-kiosk-screen.service'))).toContain(
      ' -xkbdir "/opt/Lobby Kiosk/resources/system/xkb"',
    )
  })

  it.each(Object.keys(electronSystemFiles))('names no place of the browser host: %s', async (name) => {
    expect(forElectron(await source(name))).not.toMatch(/\/opt\/lobby-kiosk/u)
  })

  it('has scripts that the shell understands and electron-builder can fill in', async () => {
    writeElectronLinux(root)
    for (const name of ['after-install.sh', 'after-remove.sh', 'before-remove.sh']) {
      const text = await readFile(join(root, 'dist/linux', name), 'utf8')
      const macros = [...text.matchAll(/\$\{([^}]*)\}/gu)].map(([, macro]) => macro)
      expect(macros.filter((macro) => macro !== 'executable' && macro !== 'sanitizedProductName')).toEqual([])
      expect(text).not.toMatch(/\/opt\/lobby-kiosk/u)
      if (onLinux)
        expect(spawnSync('bash', ['-n', join(root, 'dist/linux', name)], { encoding: 'utf8' }).stderr).toBe(
          '',
        )
    }
  })
})
