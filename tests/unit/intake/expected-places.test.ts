import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Service } from '../../../data/catalogue.ts'
import { real } from './real-guide.ts'

/** A block of the hand-made table: the facts of one service, each line cut into its columns. */
type Block = {
  readonly number: number
  readonly title: string
  readonly facts: readonly (readonly string[])[]
}

function readTable(): Block[] {
  const lines = readFileSync(join(import.meta.dirname, 'expected/places.txt'), 'utf8').split('\n')
  const blocks: { number: number; title: string; facts: string[][] }[] = []
  for (const line of lines) {
    const heading = /^# (\d+) (.+)$/.exec(line)
    if (heading) blocks.push({ number: Number(heading[1]), title: heading[2] ?? '', facts: [] })
    else if (line !== '' && !line.startsWith('#')) blocks.at(-1)?.facts.push(line.split(' | '))
  }
  return blocks
}

const or = (value: string | number | null): string => (value === null ? '-' : String(value))
const list = (values: readonly string[]): string => values.join(',') || '-'

/** What the intake read, in the columns of the table; the words of a place are compared apart. */
function factsOf(service: Service): string[] {
  const sites = new Set(service.websites.map(({ url, name }) => `web | ${or(url)} | ${or(name)}`))
  const sessions = service.hours.sessions.map(
    ({ from, to, season }) => `${from}-${to}${season === null ? '' : `/${season}`}`,
  )
  return [
    ...service.places.map(
      (place) =>
        `place | ${place.kind} | ${or(place.building)} | ${or(place.floor)} | ${list(place.rooms)} | ` +
        `${list(place.counters)} | ${or(place.area)} | ${or(place.department)} | ${or(place.purpose)}`,
    ),
    ...service.phones.map(
      ({ number, owner, use, plausible }) =>
        `phone | ${number} | ${or(owner)} | ${use} | ${plausible ? 'yes' : 'no'}`,
    ),
    ...[...sites].sort(),
    `channels | ${service.channels.join(' ') || '-'}`,
    `fee | ${String(service.fee.free)}`,
    `hours | ${or(service.hours.days)} | ${sessions.join(' ') || '-'}`,
    ...(service.acceptance === null
      ? []
      : [
          `acceptance | ${String(service.acceptance.fromDay)}..${String(service.acceptance.toDay)} | ` +
            `${service.acceptance.lastDayCertain ? 'certain' : 'uncertain'} | ${service.acceptance.field}`,
        ]),
  ]
}

function expectedFacts(facts: Block['facts']): string[] {
  const lines = facts.map((columns) => (columns[0] === 'place' ? columns.slice(0, -1) : columns).join(' | '))
  const sites = lines.filter((line) => line.startsWith('web'))
  const at = lines.findIndex((line) => line.startsWith('channels'))
  const others = lines.filter((line) => !line.startsWith('web'))
  return [...others.slice(0, at - sites.length), ...sites.sort(), ...others.slice(at - sites.length)]
}

const blocks = readTable()

describe('what a person read in the guide', () => {
  test('the table covers the whole guide', () => {
    expect(blocks.map((block) => block.title)).toEqual(
      real.catalogue.services.map((service) => service.title),
    )
  })

  test.each(blocks)('$number $title', ({ number, facts }) => {
    const service = real.catalogue.services[number - 1]
    expect(service && factsOf(service)).toEqual(expectedFacts(facts))
    const words = facts.filter((columns) => columns[0] === 'place').map((columns) => columns.at(-1) ?? '-')
    words.forEach((each, index) => {
      if (each !== '-') expect(service?.places[index]?.text).toContain(each)
    })
  })
})
