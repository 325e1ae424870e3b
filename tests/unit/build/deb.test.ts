import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, readdir, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildDeb } from '../../../build/deb/package.ts'
import { units } from '../../../build/deb/tree.ts'
import { hostPrograms } from '../../../build/host-bundle.ts'
import { temporaryFolder } from '../../fixtures/hosts.ts'

const root = join(import.meta.dirname, '../../..')
const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined
const canPack = has('dpkg-deb')
const text = (program: string, ...args: string[]): string => execFileSync(program, args, { encoding: 'utf8' })

describe.skipIf(!canPack)(
  `the browser host's package${canPack ? '' : ' (not run: there is no dpkg-deb)'}`,
  () => {
    let deb = ''
    /** The package, unpacked. */
    let tree = ''

    beforeAll(async () => {
      const [renderer, node] = [await temporaryFolder('renderer'), await temporaryFolder('node')]
      for (const page of ['index.html', 'slip.html'])
        await writeFile(join(renderer, page), `<title>${page}</title>`)
      await writeFile(join(node, 'node'), `#!/bin/sh\nexec ${process.execPath} "$@"\n`)
      await chmod(join(node, 'node'), 0o700)
      deb = await buildDeb({
        root,
        renderer,
        out: await temporaryFolder('release'),
        version: '1.2.3',
        architecture: 'amd64',
        node: join(node, 'node'),
        compression: 'none',
        say: () => undefined,
      })
      tree = await temporaryFolder('unpacked')
      text('dpkg-deb', '-R', deb, tree)
    }, 60_000)

    it('says what it is and what it needs', () => {
      const field = (name: string): string => text('dpkg-deb', '-f', deb, name).trim()
      expect([field('Package'), field('Version'), field('Architecture')]).toEqual([
        'lobby-kiosk-browser',
        '1.2.3',
        'amd64',
      ])
      for (const need of ['chromium | chromium-browser', 'xserver-xorg-core', 'xinput', 'systemd', 'udev']) {
        expect(field('Depends')).toContain(need)
      }
      expect(Number(field('Installed-Size'))).toBeGreaterThan(10_000)
    })

    it('holds the program, its own Node, its pages, and of other packages the one it needs', async () => {
      const home = join(tree, 'opt/lobby-kiosk')
      const names = Object.keys(hostPrograms).map((name) => `${name}.js`)
      expect(await readdir(join(home, 'host'))).toEqual(expect.arrayContaining(names))
      expect(await readdir(join(home, 'node_modules'))).toEqual(['playwright-core'])
      expect(await readdir(join(home, 'dist/renderer'))).toEqual(['index.html', 'slip.html'])
      expect(await readFile(join(tree, 'usr/share/doc/lobby-kiosk-browser/copyright'), 'utf8')).toContain(
        'SIL OPEN FONT',
      )
    })

    it('belongs to root, and nobody else may write to it', () => {
      const rows = text('dpkg-deb', '-c', deb).trim().split('\n')
      expect(rows.filter((row) => !/^[-dl]\S+ root\/root /u.test(row))).toEqual([])
      expect(rows.filter((row) => /^[-d].{4}w|^[-d].{7}w/u.test(row))).toEqual([])
      const programs = rows.filter((row) => /^-rwx/u.test(row)).map((row) => row.split(' ./').at(-1))
      expect(programs.filter((name) => !name?.includes('node_modules')).sort()).toEqual([
        'opt/lobby-kiosk/bin/node',
        'opt/lobby-kiosk/system/make-xauthority',
        'opt/lobby-kiosk/system/stick',
        'usr/bin/kiosk',
      ])
    })

    it('has scripts that the shell of the system understands', () => {
      for (const script of [
        'DEBIAN/preinst',
        'DEBIAN/postinst',
        'DEBIAN/prerm',
        'DEBIAN/postrm',
        'usr/bin/kiosk',
        'opt/lobby-kiosk/system/stick',
      ]) {
        expect(text('sh', '-n', join(tree, script))).toBe('')
      }
    })

    it('keeps what was written in the place of the link to the settings', async () => {
      const root = await temporaryFolder('system')
      const [etc, state] = [join(root, 'etc/lobby-kiosk'), join(root, 'var/lib/lobby-kiosk')]
      for (const folder of [etc, state]) await mkdir(folder, { recursive: true })
      const run = () =>
        execFileSync('sh', [join(tree, 'DEBIAN/preinst'), 'upgrade', '0.1.0'], {
          env: { ...process.env, DPKG_ROOT: root },
          encoding: 'utf8',
        })
      await symlink(join(state, 'kiosk.jsonc'), join(etc, 'kiosk.jsonc'))
      expect(run()).toBe('')
      await rm(join(etc, 'kiosk.jsonc'))
      await writeFile(join(etc, 'kiosk.jsonc'), '{ "paper": "a5" }')
      expect(run()).toContain('kiosk.jsonc.edited')
      expect(await readFile(join(state, 'kiosk.jsonc.edited'), 'utf8')).toBe('{ "paper": "a5" }')
    })

    it('leaves nothing below /etc behind that would decide something once it is removed', async () => {
      expect(text('find', join(tree, 'etc'), '-type', 'f')).toBe('')
      const policy = join(tree, 'etc/chromium/policies/managed/lobby-kiosk.json')
      expect(existsSync(join(tree, await readlink(policy)))).toBe(true)
    })

    it('gives every keyboard the kiosk’s keys: all that makes them is where the screen’s unit says', async () => {
      const unit = await readFile(join(tree, 'lib/systemd/system/lobby-kiosk-screen.service'), 'utf8')
      const folder = / -xkbdir (\S+)/u.exec(unit)?.[1] ?? 'none'
      for (const file of ['rules/evdev', 'keycodes/kiosk', 'types/kiosk', 'compat/kiosk', 'symbols/kiosk'])
        expect(existsSync(join(tree, folder, file)), file).toBe(true)
      expect(text('dpkg-deb', '-f', deb, 'Depends')).toContain('x11-xkb-utils')
    })

    it('lets Chromium show the kiosk alone', async () => {
      const link = await readlink(join(tree, 'etc/chromium/policies/managed/lobby-kiosk.json'))
      const policy: unknown = JSON.parse(await readFile(join(tree, link), 'utf8'))
      expect(policy).toMatchObject({
        // The star alone leaves out Chromium's own pages.
        URLBlocklist: ['*', 'chrome://*', 'chrome-extension://*'],
        URLAllowlist: ['http://127.0.0.1', 'about:blank'],
        TaskManagerEndProcessEnabled: false,
      })
      // Without its tools for developers Chromium would draw no slip.
      expect(policy).not.toHaveProperty('DeveloperToolsAvailability')
    })

    const canVerify = has('systemd-analyze')
    it.skipIf(!canVerify)(
      `has units that systemd understands${canVerify ? '' : ' (not run: there is no systemd-analyze)'}`,
      async () => {
        // Programs of the system, which stand in for themselves.
        for (const program of ['usr/bin/Xorg', 'bin/sleep']) {
          await mkdir(join(tree, program, '..'), { recursive: true })
          await writeFile(join(tree, program), '')
          await chmod(join(tree, program), 0o755)
        }
        const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', `--root=${tree}`, ...units], {
          encoding: 'utf8',
        })
        const own = stderr.split('\n').filter((line) => line.includes('lobby-kiosk'))
        // The system's own targets are not in the tree.
        expect(
          own.filter(
            (line) => !/Failed to (?:add|create).*(?:\.target|\.slice|\.mount|\.socket)/u.test(line),
          ),
        ).toEqual([])
      },
    )

    it('serves the kiosk from where it is unpacked', async () => {
      const home = join(tree, 'opt/lobby-kiosk')
      const state = await temporaryFolder('state')
      const words = ['--no-window', '--port', '0', '--state', state, '--prints', state]
      const host = spawn(join(home, 'bin/node'), [join(home, 'host/browser-host.js'), ...words], {
        cwd: state,
      })
      try {
        let url = ''
        for await (const line of createInterface(host.stdout)) {
          url = /^Open (\S+)/u.exec(line)?.[1] ?? ''
          if (url !== '') break
        }
        const entrance = await fetch(url, { redirect: 'manual' })
        const cookie = entrance.headers.get('set-cookie')?.split(';')[0] ?? ''
        const page = await fetch(new URL('/index.html', url), { headers: { cookie } })
        expect(await page.text()).toContain('<title>index.html</title>')
        const call = await fetch(new URL('/api/get-content', url), {
          method: 'POST',
          headers: { cookie, 'content-type': 'application/json', origin: new URL(url).origin },
          body: '{}',
        })
        expect(await call.json()).toMatchObject({ ok: true, value: { catalogue: { format: 1 } } })
      } finally {
        const ended = once(host, 'close')
        host.kill('SIGTERM')
        await ended
      }
    }, 30_000)

    it('has a doctor that looks at where it is unpacked', () => {
      const home = join(tree, 'opt/lobby-kiosk')
      const { stdout } = spawnSync(
        join(home, 'bin/node'),
        [join(home, 'host/doctor.js'), '--state', tree, '--language', 'en'],
        {
          encoding: 'utf8',
        },
      )
      expect(stdout).toMatch(/^good {2}content .*services$/mu)
      // The pages of this package are a stand-in without typefaces.
      expect(stdout).toMatch(/^BAD {3}fonts /mu)
      expect(stdout).toContain('Run: kiosk printer, then: kiosk settings printer cups:NAME')
    })
  },
)
