import { describe, expect, it } from 'vitest'
import { familiesOf, topicsOf } from '../../../data/topics.ts'
import { aService } from '../../fixtures/catalogue.ts'

const service = (title: string, category = 'insurance') => {
  const [family, name] = title.includes('—') ? title.split('—') : [null, title]
  return aService({ id: title, title, family: family ?? null, name: name ?? title, category })
}
const topics = {
  format: 1 as const,
  topics: [
    { id: 'card', title: '社保卡', words: ['社会保障卡'] },
    { id: 'changes', title: '变更', words: ['变更'] },
  ],
}
const category = { id: 'insurance', title: '社会保险', group: '公共服务事项' }

describe('topicsOf', () => {
  it('gives a service to the first topic whose word its title has, and the rest to none, last', () => {
    const services = ['稳岗补贴', '工伤变更', '社会保障卡信息变更', '社会保障卡申领'].map((title) =>
      service(title),
    )
    const groups = topicsOf(category, [...services, service('别类变更', 'other')], topics)
    expect(
      groups.map(({ title, services: members }) => [title, members.map((member) => member.title)]),
    ).toEqual([
      ['变更', ['工伤变更']],
      ['社保卡', ['社会保障卡信息变更', '社会保障卡申领']],
      [null, ['稳岗补贴']],
    ])
  })
})

describe('familiesOf', () => {
  it('brings members of a family together where the first stands', () => {
    const services = ['甲—一', '乙', '甲—二', '丙'].map((title) => service(title))
    expect(familiesOf(services).map(({ family, services: members }) => [family, members.length])).toEqual([
      ['甲', 2],
      [null, 1],
      [null, 1],
    ])
  })
})
