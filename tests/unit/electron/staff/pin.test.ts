import { expect, it } from 'vitest'
import { hashPin, isPin, type PinCost, usualCost } from '../../../../electron/staff/pin.ts'

const cheap: PinCost = { N: 16, r: 8, p: 1 }

it('knows a PIN again, and no other', async () => {
  const kept = await hashPin('482915', cheap)
  expect(await isPin('482915', kept)).toBe(true)
  for (const other of ['482916', '48291', '4829150', '', ' 482915']) {
    expect(await isPin(other, kept), other).toBe(false)
  }
})

it('keeps neither the PIN nor the same text twice', async () => {
  const [first, second] = [await hashPin('482915', cheap), await hashPin('482915', cheap)]
  expect(first).not.toContain('482915')
  expect(first).not.toBe(second)
})

it('takes what was kept at another cost for what it is', async () => {
  expect(await isPin('7070', await hashPin('7070', { N: 32, r: 4, p: 2 }))).toBe(true)
})

it('lets nobody in by what is no hash', async () => {
  for (const kept of ['', 'scrypt', 'scrypt:16:8:1::', 'scrypt:16:8:1:AAAA:AAAA', 'plain:1234'])
    expect(await isPin('1234', kept), kept).toBe(false)
})

it('costs a guess 32 MB and a time that is felt', { timeout: 60_000 }, async () => {
  const kept = await hashPin('482915', usualCost)
  expect(kept.split(':').slice(0, 4)).toEqual(['scrypt', '32768', '8', '3'])
  const began = performance.now()
  expect(await isPin('482915', kept)).toBe(true)
  expect(performance.now() - began).toBeGreaterThan(30)
})
