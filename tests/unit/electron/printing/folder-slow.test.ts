import type * as Files from 'node:fs/promises'
import { readdir } from 'node:fs/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createFolderDevice } from '../../../../electron/printing/folder.ts'
import { aDocument, memoryLog, noon, temporaryFolder } from '../../../fixtures/hosts.ts'

/** Opened where files may be opened: until then the folder is like one on a network that is gone. */
const network = vi.hoisted(() => ({ gate: Promise.resolve(undefined), opened: 0 }))

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof Files>()
  return {
    ...real,
    open: async (...args: Parameters<typeof real.open>) => {
      network.opened += 1
      await network.gate
      return real.open(...args)
    },
  }
})

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

it('a folder that does not answer is given up, and gets neither the slip later nor ever more of them', async () => {
  const folder = await temporaryFolder('slow')
  const log = memoryLog()
  const printer = createFolderDevice({ folder, now: () => noon, log })
  const back = Promise.withResolvers<undefined>()
  network.gate = back.promise
  network.opened = 0

  const outcomes = [printer.submit(aDocument()), printer.submit(aDocument())]
  // Moves the clock a little each time it looks.
  await vi.waitUntil(() => network.opened === 2)
  await vi.advanceTimersByTimeAsync(19_000)
  expect(log.lines).toStrictEqual([])
  await vi.advanceTimersByTimeAsync(1000)
  const unknown = { kind: 'refused', problem: 'unknown' }
  expect(await Promise.all(outcomes)).toStrictEqual([unknown, unknown])

  expect(await printer.submit(aDocument())).toStrictEqual(unknown)
  expect(network.opened).toBe(2)

  back.resolve(undefined)
  vi.useRealTimers()
  await vi.waitFor(async () => expect(await printer.submit(aDocument())).toMatchObject({ kind: 'taken' }))
  await vi.waitFor(async () => expect(await readdir(folder)).toStrictEqual([expect.stringMatching(/^slip-/)]))
})
