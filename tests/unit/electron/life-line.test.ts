import { createServer, get } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createLifeLine, type LifeLine, watchLifeLine } from '../../../electron/life-line.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** A host that gives each request the line, and a page that holds it. */
async function aHost(lifeLine: LifeLine) {
  const server = createServer((_, response) => {
    response.writeHead(200).flushHeaders()
    lifeLine.hold(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It does not listen')
  return {
    /** Takes the line; what it returns dies. */
    page: () =>
      new Promise<() => void>((resolve) => {
        const request = get({ port: address.port, host: '127.0.0.1', agent: false }, (response) => {
          response.on('error', () => undefined)
          resolve(() => request.destroy())
        })
      }),
  }
}

describe('the life line', () => {
  it('knows who holds it, and tells when it is taken and let go', async () => {
    const lifeLine = createLifeLine()
    const [taken, lost] = [vi.fn<() => void>(), vi.fn<() => void>()]
    lifeLine.whenTaken(taken)
    lifeLine.whenLost(lost)
    const { page } = await aHost(lifeLine)
    const die = await page()
    expect([lifeLine.held(), taken.mock.calls.length, lost.mock.calls.length]).toEqual([1, 1, 0])
    die()
    await vi.waitUntil(() => lost.mock.calls.length === 1)
    expect(lifeLine.held()).toBe(0)
  })
})

describe('a page in the window', () => {
  async function watched(pause = 20) {
    const lifeLine = createLifeLine()
    const gone = vi.fn<() => void>()
    const lost = vi.fn<() => void>()
    lifeLine.whenLost(lost)
    let started: number | null = 1
    const { page } = await aHost(lifeLine)
    const watch = () => watchLifeLine({ lifeLine, startedAt: () => started, onGone: gone, pause })
    const settled = async (times = 1) => {
      await vi.waitUntil(() => lost.mock.calls.length === times)
      // As long as the watch waits, and then once more.
      await new Promise((resolve) => setTimeout(resolve, 2 * pause))
    }
    return { watch, page, gone, settled, start: (at: number | null) => (started = at) }
  }

  it('that has crashed is told of, whether it was there before the watch or came after', async () => {
    for (const isEarly of [true, false]) {
      const { watch, page, gone } = await watched()
      if (!isEarly) watch()
      const die = await page()
      if (isEarly) watch()
      die()
      await vi.waitUntil(() => gone.mock.calls.length === 1)
    }
  })

  it('that makes room for another in the same window is not missed', async () => {
    const { watch, page, gone, settled } = await watched()
    watch()
    const leave = await page()
    await page()
    leave()
    await settled()
    expect(gone).not.toHaveBeenCalled()
  })

  it.each([
    ['ended', null],
    ['been started anew', 2],
  ] as const)('is not missed where its window has %s', async (_, next) => {
    const { watch, page, gone, settled, start } = await watched()
    watch()
    const die = await page()
    start(next)
    die()
    await settled()
    expect(gone).not.toHaveBeenCalled()
  })
})
