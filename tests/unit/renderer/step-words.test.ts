import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Place, Service } from '../../../data/catalogue.ts'
import { isHere, stepsTo } from '../../../data/directions.ts'
import { otherWay } from '../../../data/other-way.ts'
import { standAt } from '../../../data/site.ts'
import { type Sentence, otherWayInWords, stepInWords } from '../../../renderer/composables/step-words.ts'
import { i18n } from '../../../renderer/i18n/index.ts'
import { aSiteFile } from '../../fixtures/catalogue.ts'
import { realCatalogue, realSiteFile } from '../../fixtures/real-content.ts'

const speech = {
  t: (key: string, named = {}) => i18n.global.t(key, named, { locale: 'zh-CN' }),
  named: (official: string) => official,
}
const lineOf = ({ text, details }: Sentence) => [text, ...details].join(' | ')

/** What the screen says of a place, a step a line, without the last, which names the service. */
function screenLines(place: Place, service: Service, stepFree: boolean): readonly string[] {
  const site = standAt(realSiteFile, null)
  const here = isHere(place, site) ? site.kiosk.floor : null
  const other = otherWay(place, service)
  if (other) return [lineOf(otherWayInWords(other, speech))]
  const lines = stepsTo(place, site, service, { stepFree }).map((step) =>
    lineOf(stepInWords(step, speech, here)),
  )
  expect(lines.at(-1)).toBe(`说您来办“${service.name}”`)
  return lines.slice(0, -1)
}

const fieldOf = (service: Service) => service.fields.办理机构及地点
const services = new Map(realCatalogue.services.toReversed().map((service) => [fieldOf(service), service]))

/** The hand-made table: the guide's value → its places → lines with their marks. */
const table = new Map(
  readFileSync(join(import.meta.dirname, '../data/expected/ways.txt'), 'utf8')
    .split(/^= /mu)
    .slice(1)
    .map((block) => {
      const [value = '', ...lines] = block.trim().split('\n')
      return [value.replaceAll('⏎', '\n'), lines.join('\n').split('\n@\n')] as const
    }),
)

describe('the way to every place of the guide', () => {
  it('is in the table, and nothing else is', () => {
    expect([...table.keys()].toSorted()).toEqual([...services.keys()].toSorted())
  })

  it.each([...table])('%s', (value, expected) => {
    const service = services.get(value)
    if (!service) throw new Error(`No service has ${value}`)
    expect(service.places).toHaveLength(expected.length)
    for (const [index, place] of service.places.entries()) {
      const lines = (expected[index] ?? '').split('\n')
      for (const [stepFree, mark, otherMark] of [[false, '- ', '+ '] as const, [true, '+ ', '- '] as const]) {
        const wanted = lines
          .filter((line) => !line.startsWith(otherMark))
          .map((line) => (line.startsWith(mark) ? line.slice(mark.length) : line))
        expect(screenLines(place, service, stepFree)).toEqual(wanted)
      }
    }
  })

  it('is the same for every service with the same value, but for its telephone number', () => {
    for (const service of realCatalogue.services) {
      const first = services.get(fieldOf(service))
      const withFirstPhones = first
        ? { ...service, phones: first.phones, acceptance: first.acceptance }
        : service
      for (const [index, place] of service.places.entries()) {
        const same = first?.places[index]
        expect(same && first ? screenLines(same, first, true) : []).toEqual(
          screenLines(place, withFirstPhones, true),
        )
      }
    }
  })
})

describe('what staff have added', () => {
  const file = aSiteFile()
  const service = { name: '退休', phones: [], acceptance: null }
  const say = (changes: Partial<Place>, kiosks = file.kiosks) => {
    const site = standAt({ ...file, kiosks }, null)
    const place: Place = {
      kind: 'site',
      text: '',
      building: 'main',
      floor: 3,
      rooms: [],
      counters: [],
      area: null,
      department: null,
      purpose: null,
      ...changes,
    }
    const here = isHere(place, site) ? site.kiosk.floor : null
    return stepsTo(place, site, service, { stepFree: true }).map((step) =>
      lineOf(stepInWords(step, speech, here)),
    )
  }
  const [kiosk] = file.kiosks
  const fromAnnex = { ...kiosk, building: 'annex' }

  it.each([
    [
      'a lift, what one sees there, and a room in their words',
      say({ department: '工伤保险处' }),
      [
        '面对屏幕，往左手边走',
        '坐1号电梯到 3 楼 | 位置：服务台后面 | 3 楼有：自助填表区',
        '找 305 室 | 位置：茶水间对面 | 看门口的门牌',
        '说您来办“退休”',
      ],
    ],
    [
      'a room in a part of this floor',
      say({ floor: 1, rooms: ['101'] }),
      [
        '就在 1 楼，您这一层',
        '面对屏幕，往左手边走',
        '找 101 室 | 位置：大厅 | 看门口的门牌',
        '说您来办“退休”',
      ],
    ],
    [
      'a hall on this floor',
      say({ floor: 1, area: '大厅' }),
      [
        '就在 1 楼，您这一层',
        '面对屏幕，往右手边走',
        '找大厅 | 位置：正对大门 | 指南没有写房间号。',
        '说您来办“退休”',
      ],
    ],
    [
      'the door without steps of another house',
      say({ rooms: ['301'] }, [fromAnnex]),
      [
        '到主楼 | 地址：北京南路445号 | 从侧门（东边）进',
        '坐1号电梯到 3 楼 | 位置：服务台后面 | 3 楼有：自助填表区',
        '找 301 室 | 看门口的门牌',
        '说您来办“退休”',
      ],
    ],
    [
      'whom to ask where no lift goes',
      say({ floor: 8, rooms: ['819'] }),
      [
        '先问工作人员无障碍路线怎么走 | 还没有人告诉本机哪里有电梯、哪个门没有台阶。 | 工作人员在一楼服务台',
        '上到 8 楼',
        '找 819 室 | 看门口的门牌',
        '说您来办“退休”',
      ],
    ],
  ])('is said: %s', (_what, lines, expected) => {
    expect(lines).toEqual(expected)
  })
})
