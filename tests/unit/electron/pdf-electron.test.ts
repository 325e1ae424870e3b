import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type SlipWindow, createElectronPdf } from '../../../electron/pdf-electron.ts'
import { aPdf, aSlip } from '../../fixtures/hosts.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

type Step = 'load' | 'wait' | 'print'

/** A window that does its steps at once, but for the one that fails or hangs. */
function fakeWindow(changes: Partial<Record<Step, () => Promise<never>>> & { readonly flag?: string } = {}) {
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
        return changes.wait ? changes.wait() : (changes.flag ?? 'ready')
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
    const render = createElectronPdf({ origin, openWindow: () => window })
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
    const rendering = createElectronPdf({ origin, openWindow: () => window })(aSlip())
    await expect(rendering).rejects.toMatchObject(expected)
    expect(done.at(-1)).toBe('destroyed')
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each<Step>(['load', 'wait', 'print'])('gives up where the page hangs at %s', async (step) => {
    const { window, done } = fakeWindow({ [step]: hangs })
    const rendering = createElectronPdf({ origin, openWindow: () => window })(aSlip())
    const outcome = expect(rendering).rejects.toMatchObject({ code: 'printing-failed' })
    await vi.advanceTimersByTimeAsync(14_999)
    expect(done).not.toContain('destroyed')
    await vi.advanceTimersByTimeAsync(1)
    await outcome
    expect(done.at(-1)).toBe('destroyed')
  })
  it.each<Step>(['load', 'wait', 'print'])('fails at once where the page dies at %s', async (step) => {
    const { window, done, die } = fakeWindow({ [step]: hangs })
    const rendering = createElectronPdf({ origin, openWindow: () => window })(aSlip())
    const outcome = expect(rendering).rejects.toMatchObject({ code: 'printing-failed' })
    await vi.advanceTimersByTimeAsync(1)
    die()
    await outcome
    expect(done.at(-1)).toBe('destroyed')
    expect(vi.getTimerCount()).toBe(0)
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
    const render = createElectronPdf({ origin, openWindow })
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
