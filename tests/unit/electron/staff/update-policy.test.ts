import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { usualPanel } from '../../../../data/physical-size.ts'
import { type Settings, usualSettings } from '../../../../data/settings.ts'
import { createServices, type Services } from '../../../../electron/services.ts'
import { folderSticks } from '../../../../electron/sticks/stick-source.ts'
import { aPdf, memoryLog, temporaryFolder } from '../../../fixtures/hosts.ts'

// Setting two PINs takes as long as it takes to compare two, and a guide is read whole.
vi.setConfig({ testTimeout: 60_000 })

const content = join(import.meta.dirname, '../../../../data/content')
const running: Services[] = []
afterEach(async () => {
  for (const services of running.splice(0)) await services.close(0)
})

/** A kiosk with a stick that holds the guide with one room changed, and the front desk logged in. */
async function kiosk(updates: Settings['updates'] = usualSettings.updates) {
  const stick = await temporaryFolder('stick')
  const guide = await readFile(join(content, 'guide.txt'), 'utf8')
  await writeFile(join(stick, '指南.txt'), guide.replaceAll('6楼618室', '6楼620室'))
  const services = createServices({
    paths: { content, prints: stick, state: await temporaryFolder('state') },
    clock: { now: () => new Date('2026-11-24T05:00:00Z') },
    log: memoryLog(),
    shell: {
      host: 'browser',
      version: '0.1.0',
      renderPdf: async () => aPdf(),
      renderDots: () => Promise.reject(new Error('No dots')),
    },
    panel: usualPanel,
    sticks: folderSticks([stick]),
    updates,
  })
  running.push(services)
  const calls = services.handlers
  await calls['set-up-staff']({ frontDesk: '482915', it: '70315926' })
  await calls['enter-staff']({ role: 'front-desk', pin: '482915' })
  const [view] = await calls['staff-get-sticks']({})
  const read = () => calls['staff-read-offer']({ stick: view?.stick.id ?? '', paths: ['指南.txt'] })
  return { calls, read }
}

it('takes nothing that its settings do not accept, or that they want signed', async () => {
  const { read, calls } = await kiosk({ accept: ['bundle'], signature: 'pin' })
  expect(await read()).toMatchObject({ kind: 'refused', problem: 'not-accepted' })
  const { read: again } = await kiosk({ ...usualSettings.updates, signature: 'demanded' })
  expect(await again()).toMatchObject({ kind: 'refused', problem: 'signature-demanded' })
  expect((await calls['get-content']({})).mark.id).toBe('factory')
})

it('puts in force only what was looked at, with every warning acknowledged and the right PIN', async () => {
  const { read, calls } = await kiosk()
  const offer = await read()
  if (offer.kind !== 'preview') throw new Error(offer.problem)
  const { id, preview } = offer
  expect(preview.warnings.map(({ code }) => code)).toEqual(['unsigned'])
  const approve = (acknowledged: number, pin = '482915', which = id) =>
    calls['staff-approve']({ id: which, acknowledged, pin })
  expect(await approve(0)).toEqual({ kind: 'look-again' })
  expect(await approve(1, '482915', 'another')).toEqual({ kind: 'look-again' })
  expect(await approve(1, '111222')).toMatchObject({ kind: 'wrong' })
  expect((await calls['get-content']({})).mark.id).toBe('factory')
  expect(await approve(1)).toMatchObject({ kind: 'installed', edition: { who: 'front-desk' } })
  expect(await approve(1), 'once').toEqual({ kind: 'look-again' })
  expect((await calls['get-content']({})).mark.id).not.toBe('factory')
  const { entries } = await calls['staff-get-audit']({ before: null })
  expect(entries[0]).toMatchObject({ deed: 'edition-installed', role: 'front-desk', details: ['指南.txt'] })
  expect(entries[0]?.editionBefore).not.toBe(entries[0]?.editionAfter)
})

it('forgets what was looked at when staff leave', async () => {
  const { read, calls } = await kiosk()
  const offer = await read()
  if (offer.kind !== 'preview') throw new Error(offer.problem)
  await calls['end-visit']({})
  await calls['enter-staff']({ role: 'front-desk', pin: '482915' })
  expect(await calls['staff-approve']({ id: offer.id, acknowledged: 1, pin: '482915' })).toEqual({
    kind: 'look-again',
  })
})
