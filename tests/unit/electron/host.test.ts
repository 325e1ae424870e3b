import { execFileSync } from 'node:child_process'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../../../electron/find-chromium.ts'
import { type BrowserHost, startBrowserHost } from '../../../electron/host.ts'
import { checkPdf } from '../../../electron/printing/pdf.ts'
import { aRequest } from '../../fixtures/catalogue.ts'
import {
  contentFolder,
  endOf,
  memoryLog,
  noon,
  rendererFolder,
  temporaryFolder,
} from '../../fixtures/hosts.ts'

const chromium = findChromium()
const whyNot = chromium ? '' : ' (not run: there is no Chromium here)'
const request = aRequest()

/** As the real page does: asks for its slip over the bridge, draws it, says how that went. */
const slipScript = `
addEventListener('hashchange', async () => {
  const root = document.documentElement
  const id = decodeURIComponent(location.hash.slice(1))
  delete root.dataset.id
  delete root.dataset.slip
  if (id === '') return
  const answer = await fetch('/api/get-slip', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id }),
  })
  const { ok, value } = await answer.json()
  if (ok) document.querySelector('main').textContent = value.services[0].title + ' ' + navigator.language
  root.dataset.id = id
  root.dataset.slip = ok ? 'ready' : 'failed'
})`

async function start(
  slip: string,
  executable: string | null,
): Promise<{ host: BrowserHost; prints: string }> {
  const prints = await temporaryFolder('prints')
  const host = await startBrowserHost({
    folders: { content: await contentFolder(), prints, renderer: await rendererFolder(slip) },
    port: 0,
    chromium: executable,
    version: '1.2.3',
    log: memoryLog(),
    clock: { now: () => noon },
  })
  return { host, prints }
}

describe('the browser host without Chromium', () => {
  it('serves, and says that slips cannot be drawn', async () => {
    const { host, prints } = await start(slipScript, null)
    await host.warmUp()
    const slip = await host.services['compose-slip'](request)
    expect(await endOf(host.services, slip.id)).toMatchObject({ state: 'failed', reason: 'render' })
    await expect(host.renderPdf(slip)).rejects.toMatchObject({ code: 'printing-failed' })
    expect(await readdir(prints)).toStrictEqual([])
    await host.close()
  })
})

describe.skipIf(!chromium)(`slips drawn by Chromium${whyNot}`, () => {
  let host: BrowserHost
  let prints: string

  beforeAll(async () => {
    const started = await start(slipScript, chromium)
    host = started.host
    prints = started.prints
    await host.warmUp()
  }, 30_000)
  afterAll(() => host.close())

  it('are saved as a sound PDF', async () => {
    const { id } = await host.services['compose-slip'](request)
    const job = await endOf(host.services, id)
    const [file = ''] = await readdir(prints)
    expect(job).toMatchObject({ state: 'saved', file })
    const bytes = await readFile(join(prints, file))
    expect(checkPdf(bytes, 'a4')).toStrictEqual({ kind: 'sound', pages: 1 })
  }, 30_000)

  it('can be drawn side by side without being saved', async () => {
    const slips = await Promise.all([1, 2, 3].map(() => host.services['compose-slip'](request)))
    const drawn = await Promise.all(slips.map((slip) => host.renderPdf(slip)))
    expect(drawn.map((bytes) => checkPdf(bytes, 'a4'))).toStrictEqual(
      slips.map(() => ({ kind: 'sound', pages: 1 })),
    )
  }, 30_000)

  it('fail where the page says so', async () => {
    const slip = await host.services['compose-slip'](request)
    await expect(host.renderPdf({ ...slip, id: 'another' })).rejects.toMatchObject({
      code: 'printing-failed',
      message: "The slip's page says that it failed",
    })
  }, 30_000)

  it.skipIf(process.platform !== 'linux')(
    `survive the death of the browser${process.platform === 'linux' ? '' : ' (not run: asks Linux for its processes)'}`,
    async () => {
      const slip = await host.services['compose-slip'](request)
      const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], {
        encoding: 'utf8',
      })
      const browsers = children.split('\n').filter((line) => line.includes('--remote-debugging-pipe'))
      expect(browsers).toHaveLength(1)
      for (const line of browsers) process.kill(Number.parseInt(line, 10), 'SIGKILL')
      expect(checkPdf(await host.renderPdf(slip), 'a4')).toMatchObject({ kind: 'sound' })
    },
    30_000,
  )
})
