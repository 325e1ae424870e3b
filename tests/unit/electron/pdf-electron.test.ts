import { EventEmitter } from 'node:events'
import { encode } from 'fast-png'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type SlipWindow, createElectronPdf } from '../../../electron/pdf-electron.ts'
import { aPdf, aSlip } from '../../fixtures/hosts.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

type Step = 'load' | 'wait' | 'print'

/** A window that does its steps at once, but for the one that fails or hangs. */
function fakeWindow(
  changes: Partial<Record<Step, () => Promise<never>>> & {
    readonly flag?: string
    readonly picture?: string
  } = {},
) {
  const done: unknown[] = []
  const emitter = new EventEmitter()
  const window: SlipWindow = {
    loadURL: async (url) => {
      done.push(url)
      await changes.load?.()
    },
    destroy: () => void done.push('destroyed'),
    webContents: {
      once: (event, listener) => emitter.once(event, listener),
      executeJavaScript: async (code) => {
        done.push(code.includes('dataset.slip') ? 'waited' : code)
        if (code.includes('getBoundingClientRect')) return 40
        return changes.wait ? changes.wait() : (changes.flag ?? 'ready')
      },
      debugger: {
        attach: (version) => void done.push(`attached ${version}`),
        sendCommand: async (method, parameters) => {
          done.push(method, parameters)
          return { data: changes.picture ?? '' }
        },
      },
      printToPDF: async (options) => {
        done.push(options)
        return changes.print ? changes.print() : aPdf()
      },
    },
  }
  return { window, done, die: () => emitter.emit('render-process-gone') }
}

const origin = 'app://kiosk'
const fails = () => Promise.reject(new Error('ERR_FAILED'))
const hangs = () => new Promise<never>(() => {})

describe('drawing a slip in Electron', () => {
  it('opens its page, waits for it, prints it on A4 and leaves no window', async () => {
    const { window, done } = fakeWindow()
    const { renderPdf: render } = createElectronPdf({ origin, openWindow: () => window })
    expect(await render(aSlip('a b&c'))).toStrictEqual(aPdf())
    expect(done).toStrictEqual([
      'app://kiosk/slip.html?id=a%20b%26c',
      'waited',
      { preferCSSPageSize: true, printBackground: true, pageSize: 'A4' },
      'destroyed',
    ])
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each([
    { title: 'cannot be loaded', changes: { load: fails }, expected: { message: 'ERR_FAILED' } },
    { title: 'crashes', changes: { wait: fails }, expected: { message: 'ERR_FAILED' } },
    { title: 'cannot be printed', changes: { print: fails }, expected: { message: 'ERR_FAILED' } },
    { title: 'says that it failed', changes: { flag: 'failed' }, expected: { code: 'printing-failed' } },
  ])('fails where the page $title, and leaves no window', async ({ changes, expected }) => {
    const { window, done } = fakeWindow(changes)
    const rendering = createElectronPdf({ origin, openWindow: () => window }).renderPdf(aSlip())
    await expect(rendering).rejects.toMatchObject(expected)
    expect(done.at(-1)).toBe('destroyed')
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each<Step>(['load', 'wait', 'print'])('gives up where the page hangs at %s', async (step) => {
    const { window, done } = fakeWindow({ [step]: hangs })
    const rendering = createElectronPdf({ origin, openWindow: () => window }).renderPdf(aSlip())
    const outcome = expect(rendering).rejects.toMatchObject({ code: 'printing-failed' })
    await vi.advanceTimersByTimeAsync(14_999)
    expect(done).not.toContain('destroyed')
    await vi.advanceTimersByTimeAsync(1)
    await outcome
    expect(done.at(-1)).toBe('destroyed')
  })
  it.each<Step>(['load', 'wait', 'print'])('fails at once where the page dies at %s', async (step) => {
    const { window, done, die } = fakeWindow({ [step]: hangs })
    const rendering = createElectronPdf({ origin, openWindow: () => window }).renderPdf(aSlip())
    const outcome = expect(rendering).rejects.toMatchObject({ code: 'printing-failed' })
    await vi.advanceTimersByTimeAsync(1)
    die()
    await outcome
    expect(done.at(-1)).toBe('destroyed')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('takes its picture as wide as a thermal head, without the margins of the roll', async () => {
    const pixels = { width: 576, height: 2, data: new Uint8Array(576 * 2).fill(0), channels: 1 as const }
    const picture = Buffer.from(encode(pixels)).toString('base64')
    const { window, done } = fakeWindow({ picture })
    const dots = await createElectronPdf({ origin, openWindow: () => window }).renderDots(aSlip(), 576)
    expect(dots).toStrictEqual({ width: 576, height: 2, bits: new Uint8Array(144).fill(0xff) })
    const clip = done.find((each) => typeof each === 'object')
    expect(clip).toMatchObject({ format: 'png', captureBeyondViewport: true, clip: { y: 0, height: 40 } })
    expect(done.at(-1)).toBe('destroyed')
  })

  it('is done one window at a time', async () => {
    const printing = [Promise.withResolvers<never>(), Promise.withResolvers<never>()]
    const opened: unknown[] = []
    const openWindow = () => {
      const gate = printing[opened.length]
      const { window, done } = fakeWindow({ ...(gate && { print: () => gate.promise }) })
      opened.push(done)
      return window
    }
    const { renderPdf: render } = createElectronPdf({ origin, openWindow })
    const slips = [render(aSlip('a')), render(aSlip('b'))]
    const outcomes = Promise.allSettled(slips)
    await vi.advanceTimersByTimeAsync(14_000)
    expect(opened).toHaveLength(1)
    printing[0]?.reject(new Error('first'))
    await vi.advanceTimersByTimeAsync(14_000)
    expect(opened).toHaveLength(2)
    printing[1]?.reject(new Error('second, not late though it waited'))
    expect(await outcomes).toMatchObject([
      { reason: { message: 'first' } },
      { reason: { message: 'second, not late though it waited' } },
    ])
  })
})
