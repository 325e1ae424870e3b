import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createClockMemory } from '../../../electron/clock-memory.ts'
import { memoryLog, temporaryFolder } from '../../fixtures/hosts.ts'

const at = (text: string) => new Date(`2026-11-24T${text}:00Z`)

describe('what a kiosk remembers of its clock', () => {
  it('outlives a restart', async () => {
    const folder = join(await temporaryFolder('state'), 'new')
    const first = createClockMemory(folder, memoryLog())
    expect(first.lastSeen()).toBeNull()
    first.note(at('05:00'))
    expect(createClockMemory(folder, memoryLog()).lastSeen()).toStrictEqual(at('05:00'))
  })

  it('never goes back by itself, and forgets when it is told to', async () => {
    const folder = await temporaryFolder('state')
    const memory = createClockMemory(folder, memoryLog())
    memory.note(at('05:00'))
    memory.note(at('04:00'))
    expect(memory.lastSeen()).toStrictEqual(at('05:00'))
    memory.forget()
    expect(memory.lastSeen()).toBeNull()
    expect(createClockMemory(folder, memoryLog()).lastSeen()).toBeNull()
  })

  it('writes every ten minutes, not at every look', async () => {
    const folder = await temporaryFolder('state')
    const memory = createClockMemory(folder, memoryLog())
    for (const time of ['05:00', '05:09', '05:10']) memory.note(at(time))
    memory.note(at('05:15'))
    expect(await readFile(join(folder, 'last-seen'), 'utf8')).toBe(at('05:10').toISOString())
  })

  it.each(['', 'yesterday', '\u0000'])('starts anew where the file says %j', async (text) => {
    const folder = await temporaryFolder('state')
    await writeFile(join(folder, 'last-seen'), text)
    expect(createClockMemory(folder, memoryLog()).lastSeen()).toBeNull()
  })

  it('warns and goes on where it cannot write', async () => {
    const folder = join(await temporaryFolder('state'), 'file')
    await writeFile(folder, 'not a folder')
    const log = memoryLog()
    const memory = createClockMemory(folder, log)
    memory.note(at('05:00'))
    expect(memory.lastSeen()).toStrictEqual(at('05:00'))
    expect(log.lines.map(({ level }) => level)).toEqual(['warn'])
  })
})
