import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { findChromium } from '../../../electron/find-chromium.ts'
import { type ChromiumPdf, createChromiumPdf } from '../../../electron/pdf-chromium.ts'
import { checkPdf } from '../../../electron/printing/pdf.ts'
import { aSlip, memoryLog } from '../../fixtures/hosts.ts'

const chromium = findChromium()
const onLinux = process.platform === 'linux'
const whyNot = chromium ? '' : ' (not run: there is no Chromium here)'

const whyNotLinux = onLinux ? '' : ' (not run: asks Linux for processes)'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/**
 * A host whose slip page is `page`, or the next of several each time it is asked for, and a renderer on it.
 * `opened` counts the pages, `shown` has the slips they were told of.
 */
async function renderer(
  page: string | readonly string[],
  status = 200,
  timeout = 15_000,
): Promise<ChromiumPdf & { readonly opened: () => number; readonly shown: readonly string[] }> {
  const cookies: (string | undefined)[] = []
  let opened = 0
  const shown: string[] = []
  const server = createServer((request, response) => {
    if (request.url === '/favicon.ico') return response.writeHead(404).end()
    cookies.push(request.headers.cookie)
    const [path, id = ''] = (request.url ?? '').split('?')
    if (path === '/shown') {
      shown.push(id)
      return response.writeHead(204).end()
    }
    expect(request.url).toBe('/slip.html')
    const text = typeof page === 'string' ? page : page[opened]
    opened += 1
    response.writeHead(status, { 'content-type': 'text/html' }).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const site = { origin: `http://127.0.0.1:${port}`, cookie: { name: 'kiosk', value: 'secret' } }
  const pdf = createChromiumPdf({ executable: chromium, site: () => site, log: memoryLog(), timeout })
  closers.push(pdf.close, async () => {
    server.closeAllConnections()
    server.close()
    expect(new Set(cookies)).toStrictEqual(new Set(cookies.length > 0 ? ['kiosk=secret'] : []))
  })
  return { ...pdf, opened: () => opened, shown }
}

/** A page that is told of slips by its #, and says of each what `says` is; of none where it is null. */
const slipPage = (says: 'ready' | 'failed' | null): string => `<!doctype html>
  <style>@page { size: A4 }</style>
  <p></p>
  <script>
    addEventListener('hashchange', async () => {
      const { dataset } = document.documentElement
      const id = location.hash.slice(1)
      delete dataset.id
      delete dataset.slip
      document.querySelector('p').textContent = id
      if (id === '') return
      await fetch('/shown?' + id)
      if (!${says !== null}) return
      dataset.id = id
      dataset.slip = '${says}'
    })
  </script>`
const ready = slipPage('ready')
const silent = slipPage(null)

/** Chromiums this process has started for itself. */
function ownBrowsers(): number[] {
  const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], {
    encoding: 'utf8',
  })
  return children
    .split('\n')
    .filter((line) => line.includes('--remote-debugging-pipe'))
    .map((line) => Number.parseInt(line, 10))
}

/** Processes below a browser that draw its pages. */
function pageProcesses(browser: number): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s(.*)$/.exec(line) ?? [])
    .map(([, pid, parent, args = '']) => ({ pid: Number(pid), parent: Number(parent), args }))
  const below = (pid: number): typeof rows =>
    rows.filter(({ parent }) => parent === pid).flatMap((row) => [row, ...below(row.pid)])
  return below(browser)
    .filter(({ args }) => args.includes('--type=renderer'))
    .map(({ pid }) => pid)
}

function kill(pids: readonly number[], signal: 'SIGKILL' | 'SIGSTOP' = 'SIGKILL'): void {
  for (const pid of pids) process.kill(pid, signal)
}

const soundness = async (drawing: Promise<Uint8Array>) => checkPdf(await drawing, 'a4').kind

describe.skipIf(!chromium)(`the PDF browser${whyNot}`, () => {
  it('brings the cookie and prints the page it is told of', async () => {
    const pdf = await renderer(ready)
    expect(checkPdf(await pdf.render(aSlip()), 'a4')).toStrictEqual({ kind: 'sound', pages: 1 })
  }, 30_000)

  it.each([
    { title: 'that says it failed', page: slipPage('failed'), status: 200, words: /it failed/ },
    { title: 'that is refused', page: ready, status: 403, words: /answers 403/ },
  ])(
    'fails at a page $title',
    async ({ page, status, words }) => {
      await expect((await renderer(page, status)).render(aSlip())).rejects.toThrow(words)
    },
    30_000,
  )

  it('gives up on a page that never says anything', async () => {
    const pdf = await renderer(silent, 200, 1500)
    await expect(pdf.render(aSlip())).rejects.toMatchObject({ code: 'printing-failed' })
  }, 30_000)

  it('draws nothing once it is closed', async () => {
    const pdf = await renderer(ready)
    await pdf.warmUp()
    await pdf.close()
    await expect(pdf.render(aSlip())).rejects.toMatchObject({ code: 'printing-failed' })
  }, 30_000)

  it.skipIf(!onLinux)(
    `draws a slip with another browser where the one that stands ready has stopped${whyNotLinux}`,
    async () => {
      const pdf = await renderer(ready, 200, 8000)
      await pdf.warmUp()
      const stopped = ownBrowsers()
      kill(stopped, 'SIGSTOP')
      expect(await soundness(pdf.render(aSlip()))).toBe('sound')
      expect(stopped).toHaveLength(1)
      expect(ownBrowsers()).not.toContain(stopped[0])
      expect(pdf.shown).toHaveLength(1)
    },
    30_000,
  )

  it.skipIf(!onLinux)(
    `draws a slip with another browser where the page that stands ready hangs${whyNotLinux}`,
    async () => {
      const pdf = await renderer([silent, ready], 200, 8000)
      await pdf.warmUp()
      expect(await soundness(pdf.render(aSlip()))).toBe('sound')
      expect(pdf.opened()).toBe(2)
      expect(ownBrowsers()).toHaveLength(1)
    },
    30_000,
  )

  it.skipIf(!onLinux)(
    `starts only one browser for slips asked for at once${whyNotLinux}`,
    async () => {
      const pdf = await renderer(ready)
      const drawn = await Promise.all([pdf.render(aSlip('a')), pdf.render(aSlip('b')), pdf.warmUp()])
      expect(drawn.slice(0, 2).map((bytes) => bytes && checkPdf(bytes, 'a4').kind)).toStrictEqual([
        'sound',
        'sound',
      ])
      expect(ownBrowsers()).toHaveLength(1)
      await pdf.close()
      expect(ownBrowsers()).toHaveLength(0)
    },
    30_000,
  )
  it.skipIf(!onLinux)(
    `kills a browser that has stopped when it is closed${whyNotLinux}`,
    async () => {
      const pdf = await renderer(ready)
      await pdf.warmUp()
      kill(ownBrowsers(), 'SIGSTOP')
      await pdf.close()
      expect(ownBrowsers()).toStrictEqual([])
    },
    10_000,
  )

  it.skipIf(!onLinux)(
    `kills a browser that is still starting when it is closed${whyNotLinux}`,
    async () => {
      const pdf = await renderer(ready)
      const warming = pdf.warmUp()
      await vi.waitFor(() => expect(ownBrowsers()).toHaveLength(1), { timeout: 5000, interval: 10 })
      await Promise.all([pdf.close(), warming])
      expect(ownBrowsers()).toStrictEqual([])
    },
    20_000,
  )

  it.skipIf(!onLinux)(
    `draws a slip again whose page dies, but only once${whyNotLinux}`,
    async () => {
      const pdf = await renderer([silent, ready, silent])
      const survivor = soundness(pdf.render(aSlip('survivor')))
      await vi.waitFor(() => expect(pdf.shown).toHaveLength(1), 10_000)
      kill(ownBrowsers().flatMap(pageProcesses))
      expect(await survivor).toBe('sound')
      // A page that died while nobody needed it costs the next slip nothing but a new one.
      kill(ownBrowsers().flatMap(pageProcesses))
      const victim = pdf.render(aSlip('victim'))
      victim.catch(() => {})
      await vi.waitFor(() => expect(pdf.shown).toHaveLength(3), 10_000)
      kill(ownBrowsers().flatMap(pageProcesses))
      await expect(victim).rejects.toThrow(/^page\.|crashed/)
      expect(pdf.shown).toStrictEqual(['survivor', 'survivor', 'victim'])
    },
    30_000,
  )

  it.skipIf(!onLinux)(
    `draws many slips in order with one browser, and refuses what is too many at once${whyNotLinux}`,
    async () => {
      const pdf = await renderer(ready)
      const began = performance.now()
      const refused: { readonly id: string; readonly after: number }[] = []
      const ids = Array.from({ length: 60 }, (_none, index) => `slip-${index}`)
      const outcomes = await Promise.all(
        ids.map(async (id) => {
          try {
            return await soundness(pdf.render(aSlip(id)))
          } catch (error) {
            expect(error).toMatchObject({ code: 'printing-failed', message: '20 slips wait already' })
            refused.push({ id, after: performance.now() - began })
            return 'refused'
          } finally {
            expect(ownBrowsers().length).toBeLessThanOrEqual(1)
          }
        }),
      )
      const drawn = ids.slice(0, 21)
      expect(outcomes).toStrictEqual(ids.map((id) => (drawn.includes(id) ? 'sound' : 'refused')))
      expect(pdf.shown).toStrictEqual(drawn)
      expect(pdf.opened()).toBe(1)
      expect(Math.max(...refused.map(({ after }) => after))).toBeLessThan(2000)
      expect(await soundness(pdf.render(aSlip('later')))).toBe('sound')
    },
    60_000,
  )
})
