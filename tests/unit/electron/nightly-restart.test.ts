import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { KioskError } from '../../../data/errors.ts'
import { restartCode, restartNightly } from '../../../electron/nightly-restart.ts'
import { handlers, memoryLog } from '../../fixtures/hosts.ts'

beforeEach(
  () =>
    void vi.useFakeTimers({
      now: new Date('2026-11-24T04:00:00+08:00'),
      toFake: ['setInterval', 'clearInterval', 'Date'],
    }),
)
afterEach(() => void vi.useRealTimers())

async function pass(hours: number): Promise<void> {
  for (let minute = 0; minute < hours * 60; minute += 1) await vi.advanceTimersByTimeAsync(60_000)
}

function running(changes: { restart?: string | null; contentFails?: boolean } = {}) {
  const state = { busy: false }
  const end = vi.fn<(code: number) => void>()
  const log = memoryLog()
  const began = Date.now()
  const broken = { 'get-content': () => Promise.reject(new KioskError('content-unusable', 'broken')) }
  const stop = restartNightly({
    services: { handlers: handlers(changes.contentFails ? broken : {}), isBusy: () => state.busy },
    restart: changes.restart === undefined ? '03:30' : changes.restart,
    end,
    log,
    elapsed: () => Date.now() - began,
  })
  return { state, end, log, stop }
}

it('ends the kiosk at its hour with the code that asks for another', async () => {
  const { end, log, stop } = running()
  await pass(23)
  expect(end).not.toHaveBeenCalled()
  await pass(1)
  expect(end).toHaveBeenCalledWith(restartCode)
  expect(log.lines[0]).toMatchObject({ level: 'info', fields: { hoursUp: 24 } })
  stop()
})

it('waits while someone is there, and makes up for it', async () => {
  const { state, end, stop } = running()
  state.busy = true
  await pass(24)
  expect(end).not.toHaveBeenCalled()
  state.busy = false
  await pass(1)
  expect(end).toHaveBeenCalledWith(restartCode)
  stop()
})

it('never does where it is switched off, nor once it is stopped', async () => {
  const off = running({ restart: null })
  const stopped = running()
  stopped.stop()
  await pass(48)
  expect(off.end).not.toHaveBeenCalled()
  expect(stopped.end).not.toHaveBeenCalled()
  off.stop()
})

it('does so without content as well', async () => {
  const { end, stop } = running({ contentFails: true })
  await pass(48)
  expect(end).toHaveBeenCalledWith(restartCode)
  stop()
})
