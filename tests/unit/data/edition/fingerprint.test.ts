import { pinyin } from 'pinyin-pro'
import { describe, expect, it } from 'vitest'
import { fingerprint, fingerprintCharacters } from '../../../../data/edition/fingerprint.ts'

/** A syllable as it is heard where zh and z, n and l, ng and n are not told apart. */
const heard = (character: string): string =>
  pinyin(character, { toneType: 'none', v: true })
    .replace(/^([zcs])h/, '$1')
    .replace(/^n/, 'l')
    .replace(/ng$/, 'n')

describe('a fingerprint', () => {
  it('is made of 64 characters of which no two sound alike', () => {
    const characters = Array.from(fingerprintCharacters)
    expect(characters).toHaveLength(64)
    expect(new Set(characters.map(heard)).size).toBe(64)
  })

  it.each([
    ['0'.repeat(64), '山山山山'],
    ['f'.repeat(64), '果果果果'],
    [`04${'1'.repeat(62)}`, '水水马门'],
  ])('of %s is %s', (hash, expected) => {
    expect(fingerprint(hash)).toBe(expected)
  })
})
