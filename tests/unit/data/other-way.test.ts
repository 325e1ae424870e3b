import { describe, expect, it } from 'vitest'
import type { Phone, Place, Website } from '../../../data/catalogue.ts'
import { enquiryPhone, otherWay } from '../../../data/other-way.ts'

const place = (kind: Place['kind'], text: string): Place => ({
  kind,
  text,
  building: null,
  floor: null,
  rooms: [],
  counters: [],
  area: null,
  department: null,
  purpose: null,
})
const phone = (number: string, changes: Partial<Phone> = {}): Phone => ({
  number,
  owner: null,
  use: 'enquiry',
  plausible: true,
  ...changes,
})
const phones = [
  phone('0991-123', { plausible: false }),
  phone('0991-7654321', { use: 'complaint' }),
  phone('12333'),
  phone('0991-2339871'),
]
const portal: Website = { name: '人社厅门户网站', url: null, field: '结果送达' }
const exams: Website = { name: '中国人事考试网', url: 'www.cpta.com.cn', field: '办理方式' }
const service = {
  phones,
  websites: [portal, { ...portal, field: '办理机构及地点' }, exams] satisfies Website[],
}

describe('otherWay', () => {
  it.each([
    [place('site', '6楼616室'), null],
    [place('elsewhere', '银行网点'), { kind: 'elsewhere', text: '银行网点' }],
    [place('online', '人社厅门户网站'), { kind: 'online', text: '人社厅门户网站', websites: [portal] }],
    [
      place('online', '登录www.cpta.com.cn'),
      { kind: 'online', text: '登录www.cpta.com.cn', websites: [exams] },
    ],
    [place('online', '微信公众号'), { kind: 'online', text: '微信公众号', websites: [] }],
    [place('phone', '12333咨询服务热线'), { kind: 'phone', text: '12333咨询服务热线', numbers: ['12333'] }],
    [place('phone', '咨询电话'), { kind: 'phone', text: '咨询电话', numbers: ['12333', '0991-2339871'] }],
  ])('%j', (where, way) => {
    expect(otherWay(where, service)).toEqual(way)
  })
})

describe('enquiryPhone', () => {
  it('is the first number for enquiries that can be right', () => {
    expect(enquiryPhone({ phones })).toBe('12333')
    expect(enquiryPhone({ phones: phones.slice(0, 2) })).toBe(null)
  })
})
