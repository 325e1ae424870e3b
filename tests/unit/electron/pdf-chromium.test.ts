import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { findChromium } from '../../../electron/find-chromium.ts'
import { type ChromiumPdf, createChromiumPdf } from '../../../electron/pdf-chromium.ts'
import { checkPdf } from '../../../electron/printing/pdf.ts'
import { aSlip, memoryLog } from '../../fixtures/hosts.ts'

const chromium = findChromium()
const onLinux = process.platform === 'linux'
const whyNot = chromium ? '' : ' (not run: there is no Chromium here)'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A host whose slip page is `page`, and a renderer on it. */
async function renderer(page: string, status = 200, timeout = 15_000): Promise<ChromiumPdf> {
  const cookies: (string | undefined)[] = []
  const server = createServer((request, response) => {
    cookies.push(request.headers.cookie)
    response.writeHead(status, { 'content-type': 'text/html' }).end(page)
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
  return pdf
}

const a4 = '<!doctype html><style>@page { size: A4 }</style>'
const ready = `${a4.replace('html>', 'html><html data-slip="ready">')}<p>OK`

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

describe.skipIf(!chromium)(`the PDF browser${whyNot}`, () => {
  it('brings the cookie and prints the page it is told of', async () => {
    const pdf = await renderer(ready)
    expect(checkPdf(await pdf.render(aSlip()))).toStrictEqual({ kind: 'sound', pages: 1 })
  }, 30_000)

  it.each([
    { title: 'that says it failed', page: '<html data-slip="failed">', status: 200, words: /it failed/ },
    { title: 'that is refused', page: ready, status: 403, words: /answers 403/ },
  ])(
    'fails at a page $title',
    async ({ page, status, words }) => {
      await expect((await renderer(page, status)).render(aSlip())).rejects.toThrow(words)
    },
    30_000,
  )

  it('gives up on a page that never says anything', async () => {
    const pdf = await renderer(a4, 200, 1500)
    await expect(pdf.render(aSlip())).rejects.toMatchObject({ code: 'printing-failed' })
  }, 30_000)

  it('draws nothing once it is closed', async () => {
    const pdf = await renderer(ready)
    await pdf.warmUp()
    await pdf.close()
    await expect(pdf.render(aSlip())).rejects.toMatchObject({ code: 'printing-failed' })
  }, 30_000)

  it.skipIf(!onLinux)(
    `gives up on a browser that has stopped, and starts another${onLinux ? '' : ' (not run: asks Linux for processes)'}`,
    async () => {
      const pdf = await renderer(ready, 200, 4000)
      await pdf.warmUp()
      const [stopped = 0, ...others] = ownBrowsers()
      expect(others).toStrictEqual([])
      process.kill(stopped, 'SIGSTOP')
      await expect(pdf.render(aSlip())).rejects.toMatchObject({ code: 'printing-failed' })
      expect(checkPdf(await pdf.render(aSlip()))).toMatchObject({ kind: 'sound' })
      process.kill(stopped, 'SIGKILL')
    },
    30_000,
  )

  it.skipIf(!onLinux)(
    `starts only one browser for slips asked for at once${onLinux ? '' : ' (not run: asks Linux for processes)'}`,
    async () => {
      const pdf = await renderer(ready)
      const drawn = await Promise.all([pdf.render(aSlip('a')), pdf.render(aSlip('b')), pdf.warmUp()])
      expect(drawn.slice(0, 2).map((bytes) => bytes && checkPdf(bytes).kind)).toStrictEqual([
        'sound',
        'sound',
      ])
      expect(ownBrowsers()).toHaveLength(1)
      await pdf.close()
      expect(ownBrowsers()).toHaveLength(0)
    },
    30_000,
  )
})
