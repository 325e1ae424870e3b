import { expect, it } from 'vitest'
import { createAdmission } from '../../../electron/admission.ts'

const own = async () => true
const foreign = async () => false

it('refuses an invitation to another account without using it up', async () => {
  const { invite, takes } = createAdmission()
  const token = invite()
  expect(await takes(token, foreign)).toBe(false)
  expect(await takes(token, own)).toBe(true)
  expect(await takes(token, own)).toBe(false)
})

it('asks who comes for an invitation alone', async () => {
  const { token, invite, takes } = createAdmission()
  const never = async () => {
    throw new Error('asked')
  }
  expect(await takes(token, never)).toBe(true)
  expect(await takes('guess', never)).toBe(false)
  expect(await takes('', never)).toBe(false)
  await expect(takes(invite(), never)).rejects.toThrow('asked')
})

it('lets in by an invitation that became void while it was asked who comes as little as by any other', async () => {
  const { invite, takes } = createAdmission()
  const inviteAgain = async () => invite() !== ''
  expect(await takes(invite(), inviteAgain)).toBe(false)
})

it('has other secrets at each start', () => {
  const [one, other] = [createAdmission(), createAdmission()]
  expect(new Set([one, other].flatMap(({ cookie, token, invite }) => [cookie, token, invite()])).size).toBe(6)
  expect([one.knows(one.cookie), one.knows(other.cookie), one.knows(one.token)]).toEqual([true, false, false])
})
