import { describe, expect, it } from 'vitest'
import { confusedWith, lettersOf, letterSet, spellingOf, stepOver } from '../../../data/search-spelling.ts'

describe('confusedWith', () => {
  it.each([
    ['lao', ['nao', 'rao']],
    ['nao', ['lao']],
    ['rao', ['lao']],
    ['hu', ['fu']],
    ['fei', ['hei']],
    ['zhi', ['zi']],
    ['zi', ['zhi']],
    ['ding', ['din']],
    ['xin', ['xing']],
    ['shang', ['shan', 'sang', 'san']],
    ['jie', []],
    ['gong', []],
    ['yun', []],
    ['er', []],
  ])('%s: %j', (syllable, expected) => {
    expect([...confusedWith(syllable)].sort()).toEqual([...expected].sort())
  })
})

describe('spellingOf', () => {
  it('is a character, its readings, their initials, and their zh, ch or sh', () => {
    expect(spellingOf('查', ['cha', 'zha']).exact).toEqual(['查', 'cha', 'zha', 'c', 'ch', 'z', 'zh'])
  })

  it('is nothing but itself for a letter or digit', () => {
    expect(spellingOf('n', ['n'])).toEqual({ char: 'n', exact: ['n'], close: ['n'] })
  })
})

describe('stepOver', () => {
  const injury = spellingOf('伤', ['shang'])

  it.each([
    ['s', { exact: [1], close: [], begun: 'exact', letters: ['a', 'h'] }],
    ['shang', { exact: [5, 1, 2], close: [4], begun: null, letters: [] }],
    ['san', { exact: [1], close: [3], begun: 'close', letters: ['g'] }],
    ['伤x', { exact: [1], close: [], begun: null, letters: [] }],
  ])('%s', (query, { letters, ...expected }) => {
    const step = stepOver(injury, query, 0)
    expect(step).toMatchObject({
      begun: expected.begun,
      exact: expect.arrayContaining(expected.exact),
      close: expect.arrayContaining(expected.close),
    })
    expect(step?.exact).toHaveLength(expected.exact.length)
    expect(step?.close).toHaveLength(expected.close.length)
    expect([...lettersOf(step?.letters ?? 0)]).toEqual(letters)
  })

  it('cannot go on with another letter', () => {
    expect(stepOver(injury, 'gx', 0)).toBeNull()
    expect(stepOver(injury, 'xs', 1)).not.toBeNull()
  })
})

it('keeps letters in the order of the alphabet and nothing else', () => {
  const set = ['z', 'A', '1', 'a', 'ab', ''].reduce((all, letter) => all | letterSet(letter), 0)
  expect([...lettersOf(set)]).toEqual(['a', 'z'])
})
