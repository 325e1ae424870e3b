import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { contentFolder, rendererFolder, temporaryFolder } from '../../fixtures/hosts.ts'

const repository = join(import.meta.dirname, '../../..')
let root: string

/** A copy of what the browser host runs from, so that a test decides whether its screen is built. */
beforeAll(async () => {
  root = await temporaryFolder('checkout')
  for (const name of ['electron', 'data', 'package.json']) {
    await cp(join(repository, name), join(root, name), { recursive: true })
  }
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'), 'junction')
  await mkdir(join(root, 'dist'))
  await cp(await rendererFolder(), join(root, 'dist/renderer'), { recursive: true })
})

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

type Ended = { readonly code: number | null; readonly output: string; readonly complaints: string }

/** Starts the browser host; without a Chromium unless `env` names one. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [join(root, 'electron/browser-host.ts'), ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], KIOSK_CHROMIUM: '/nowhere/chromium', ...env },
  })
  started.push(child)
  let output = ''
  let complaints = ''
  const opened = Promise.withResolvers<string>()
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    const url = /^Open (\S+)\n/m.exec(output)?.[1]
    if (url) opened.resolve(url)
  })
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString()
  })
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code) => {
      opened.reject(new Error(complaints))
      resolve({ code, output, complaints })
    }),
  )
  // A host that is to end without opening has nobody waiting for its address.
  opened.promise.catch(() => {})
  return { child, opened: opened.promise, ended, complaints: () => complaints }
}

describe('the browser host', () => {
  it('serves behind a token, says where, and ends when told to', async () => {
    const { child, opened, ended } = run(['--port', '0', '--data', await contentFolder()])
    const url = await opened
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}$/)
    const welcome = await fetch(url, { redirect: 'manual' })
    const cookie = welcome.headers.get('set-cookie')?.split(';')[0] ?? ''
    const call = await fetch(new URL('/api/get-kiosk', url), {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{}',
    })
    expect(await call.json()).toMatchObject({
      ok: true,
      value: { host: 'browser', printer: { kind: 'folder' } },
    })
    expect((await fetch(new URL('/', url))).status).toBe(403)
    child.kill('SIGTERM')
    const { code, output, complaints } = await ended
    expect({ code, output }).toStrictEqual({ code: 0, output: `Open ${url}\n` })
    expect(complaints).toContain('set KIOSK_CHROMIUM')
  }, 20_000)

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends with 0 on %s',
    async (signal) => {
      const { child, opened, ended } = run(['--port=0', '--no-window'])
      await opened
      child.kill(signal)
      expect(await ended).toMatchObject({ code: 0 })
    },
    20_000,
  )

  it('goes on where nobody reads what it says any more', async () => {
    const { child, opened, ended } = run(['--port=0', '--data', await contentFolder()])
    const url = await opened
    child.stdout.destroy()
    child.stderr.destroy()
    const cookie = (await fetch(url, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0] ?? ''
    for (let times = 0; times < 3; times += 1) {
      const call = await fetch(new URL('/api/report-fault', url), {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ message: 'something that is logged', where: 'test' }),
      })
      expect(await call.json()).toStrictEqual({ ok: true, value: {} })
    }
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 0 })
  }, 20_000)

  it.each([
    { title: 'an exception', fault: "setTimeout(() => { throw new Error('FAULT') }, 1500)" },
    { title: 'a rejection', fault: "setTimeout(() => Promise.reject(new Error('FAULT')), 1500)" },
  ])(
    'logs $title that nothing has dealt with, and ends with 1',
    async ({ fault }) => {
      const { ended } = run(['--port=0', '--no-window'], {
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}`,
      })
      const { code, complaints } = await ended
      expect(code).toBe(1)
      expect(complaints).toMatch(/"level":"error","message":"A fault that nothing has dealt with.*FAULT/)
    },
    20_000,
  )

  it('says what to do where its port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { code, output, complaints } = await run(['--port', String(port)]).ended
    other.close()
    expect({ code, output }).toStrictEqual({ code: 1, output: '' })
    expect(complaints).toContain(`Port ${port} is taken`)
    expect(complaints).toContain(`--port ${port + 1}`)
  }, 20_000)

  it('takes another port where it owns the screen and its own is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { child, opened, ended } = run(['--no-window', '--port', String(port)], { KIOSK_SCREEN: 'own' })
    const url = new URL(await opened)
    other.close()
    expect(url.port).not.toBe(String(port))
    child.kill('SIGTERM')
    expect((await ended).complaints).toContain('The port is taken')
  }, 20_000)

  it('ends, to be started anew, once there is a Chromium for its screen', async () => {
    const chromium = join(await temporaryFolder('chromium'), 'chromium')
    const { opened, ended } = run(['--port', '0'], { KIOSK_CHROMIUM: chromium, DISPLAY: ':none' })
    await opened
    await writeFile(chromium, '')
    const { code, complaints } = await ended
    expect(code).toBe(1)
    expect(complaints).toContain('There is no Chromium')
  }, 20_000)

  const noX = process.platform === 'win32' ? ' (not run: there is no X on Windows)' : ''
  it.skipIf(noX !== '')(
    `ends at once where it still waits for the X server of its screen${noX}`,
    async () => {
      const programs = await temporaryFolder('programs')
      const [chromium, asked] = [join(programs, 'chromium'), join(programs, 'asked')]
      for (const path of [chromium, join(programs, 'xrandr')])
        await writeFile(path, `#!/bin/sh\n: > '${asked}'\nexit 1\n`, { mode: 0o755 })
      const PATH = `${programs}:${process.env['PATH']}`
      const env = { PATH, KIOSK_CHROMIUM: chromium, DISPLAY: ':none', KIOSK_SCREEN: 'own' }
      const { child, ended } = run(['--port', '0'], env)
      await expect.poll(() => existsSync(asked), { timeout: 10_000 }).toBe(true)
      const began = performance.now()
      child.kill('SIGTERM')
      expect((await ended).code).toBe(0)
      expect(performance.now() - began).toBeLessThan(4000)
    },
    20_000,
  )

  const noStandIn = process.platform === 'win32' ? ' (not run: its stand-in is a shell script)' : ''
  it.skipIf(noStandIn !== '')(
    `shows a window by a link that works once, another at each start, and says no address${noStandIn}`,
    async () => {
      const folder = await temporaryFolder('window')
      const [chromium, links] = [join(folder, 'chromium'), join(folder, 'links')]
      const note = `for argument; do case "$argument" in --app=*) echo "\${argument#*=}" >> '${links}' ;; esac; done`
      await writeFile(chromium, `#!/bin/sh\n${note}\necho $$ > '${folder}/pid'\nexec sleep 60\n`, {
        mode: 0o755,
      })
      const { child, ended, complaints } = run(['--port', '0', '--data', await contentFolder()], {
        KIOSK_CHROMIUM: chromium,
        DISPLAY: ':none',
        TMPDIR: folder,
      })
      const linksSoFar = async (): Promise<readonly string[]> =>
        (await readFile(links, 'utf8').catch(() => '')).split('\n').filter(Boolean)
      const nthLink = async (times: number): Promise<URL> => {
        await expect.poll(async () => (await linksSoFar()).length, { timeout: 10_000 }).toBe(times)
        return new URL((await linksSoFar())[times - 1] ?? '')
      }
      const call = async (url: URL, cookie: string): Promise<number> => {
        const headers = { cookie, 'content-type': 'application/json' }
        return (await fetch(new URL('/api/get-kiosk', url), { method: 'POST', headers, body: '{}' })).status
      }

      const first = await nthLink(1)
      const welcome = await fetch(first, { redirect: 'manual' })
      expect(welcome.status).toBe(303)
      const cookie = welcome.headers.get('set-cookie')?.split(';')[0] ?? ''
      expect(await call(first, cookie)).toBe(200)
      expect(await call(first, `kiosk-${first.port}=${first.searchParams.get('token')}`)).toBe(403)
      expect((await fetch(first, { redirect: 'manual' })).status).toBe(403)

      await expect.poll(complaints, { timeout: 10_000 }).toContain('The kiosk has started')
      process.kill(Number(await readFile(join(folder, 'pid'), 'utf8')), 'SIGKILL')
      const second = await nthLink(2)
      expect(second.href).not.toBe(first.href)
      expect((await fetch(first, { redirect: 'manual' })).status).toBe(403)
      expect((await fetch(second, { redirect: 'manual' })).status).toBe(303)
      expect((await fetch(second, { redirect: 'manual' })).status).toBe(403)

      child.kill('SIGTERM')
      const { code, output } = await ended
      expect({ code, output }).toStrictEqual({ code: 0, output: '' })
      for (const { searchParams } of [first, second])
        expect(complaints()).not.toContain(searchParams.get('token'))
    },
    30_000,
  )

  it('says what it understands where it is told something else', async () => {
    const { code, complaints } = await run(['--fullscreen']).ended
    expect(code).toBe(1)
    expect(complaints).toMatch(/^"fullscreen" is not understood.*--windowed/)
  }, 20_000)

  it('says what to do where the screen is not built', async () => {
    await rm(join(root, 'dist'), { recursive: true })
    const { code, complaints } = await run([]).ended
    expect(code).toBe(1)
    expect(complaints).toBe(
      'The screen is not built yet. Run "npm start", which builds it, or "npm run build".\n',
    )
  }, 20_000)
})
