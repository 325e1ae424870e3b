import { describe, expect, test } from 'vitest'
import type { Place } from '../../../data/catalogue.ts'
import { parseAcceptance } from '../../../data/intake/acceptance.ts'
import { parseChannels } from '../../../data/intake/channels.ts'
import { parseFee } from '../../../data/intake/fees.ts'
import { parseHours } from '../../../data/intake/hours.ts'
import { parsePhones } from '../../../data/intake/phones.ts'
import { parsePlaces } from '../../../data/intake/places.ts'
import { parseWebsites } from '../../../data/intake/websites.ts'
import { fieldOf, listen } from './fields.ts'
import { site } from './real-guide.ts'

const places = (text: string) => {
  const { report, rules } = listen()
  return { found: parsePlaces(fieldOf('办理机构及地点', text), site, report), rules: rules() }
}

describe('places beyond the present guide', () => {
  test.each<[string, Partial<Place>]>([
    ['北京南路445号负一楼101室 后勤处', { floor: -1, rooms: ['101'], department: '后勤处' }],
    ['北京南路445号十二楼A203室', { floor: 12, rooms: ['A203'], department: null }],
    ['北京南路445号3楼301-303室（信息中心）', { rooms: ['301', '302', '303'], department: '信息中心' }],
    [
      '北京南路445号3楼大厅1、2、5号窗口 登记处',
      { counters: ['1', '2', '5'], area: '大厅', department: '登记处' },
    ],
    ['北京南路445号二十一层2105室登记处', { floor: 21, rooms: ['2105'], department: '登记处' }],
    ['北京南路445号5楼505室（交材料）  登记处', { purpose: '交材料', department: '登记处' }],
    ['乌鲁木齐市友好路7号2楼 某银行', { kind: 'elsewhere', building: null, floor: null }],
    ['12333服务热线', { kind: 'phone' }],
    ['www.example.gov.cn 网站', { kind: 'online' }],
    ['市民中心', { kind: 'elsewhere', department: '市民中心' }],
  ])('%s', (text, place) => {
    const { found } = places(text)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject(place)
  })

  test('a list of places loses its numbers, not the digits of a hotline', () => {
    const { found } = places('1.北京南路445号2楼大厅 甲中心\n\n2.12333咨询服务热线\n3、人社厅门户网站')
    expect(found.map(({ kind, text }) => `${kind}:${text}`)).toEqual([
      'site:北京南路445号2楼大厅 甲中心',
      'phone:12333咨询服务热线',
      'online:人社厅门户网站',
    ])
  })

  test('a department on a line of its own belongs to the place above', () => {
    expect(places('北京南路445号2楼201室\n养老保险处').found).toMatchObject([
      { rooms: ['201'], department: '养老保险处' },
    ])
  })

  test.each([
    ['乌鲁木齐市友好路7号2楼', 'place-unknown-building'],
    ['北京南路445号2楼201室', 'place-department'],
    ['北京南路445号 甲处', 'place-floor'],
    ['某某局办事大厅', 'place-no-address'],
    ['合作银行网点', 'place-elsewhere'],
    ['北京南路445号2楼 甲处', 'place-room'],
    ['办公楼1507室（缴费）甲处', 'place-building'],
  ])('%s: %s', (text, rule) => {
    expect(places(text).rules).toContain(rule)
  })
})

describe('telephone numbers', () => {
  const phones = (text: string, scope: 'all' | 'clear' = 'all') => {
    const { report, rules } = listen()
    const found = parsePhones(fieldOf('咨询查询途径', text), 'enquiry', scope, report)
    return { found: found.map(({ number, owner, plausible }) => [number, owner, plausible]), rules: rules() }
  }

  test.each<[string, [string, string | null, boolean][]]>([
    ['（0991）3689687（甲处）', [['0991-3689687', '甲处', true]]],
    ['0991 3689687', [['0991-3689687', null, true]]],
    ['010-12345678', [['010-12345678', null, false]]],
    ['010-62345678', [['010-62345678', null, true]]],
    [
      '0991—3689703/3689705（甲处）',
      [
        ['0991-3689703', '甲处', true],
        ['0991-3689705', '甲处', true],
      ],
    ],
    ['甲处：0991-2339871', [['0991-2339871', '甲处', true]]],
    ['咨询电话：0991-2339871', [['0991-2339871', null, true]]],
    ['手机13899998888', [['13899998888', null, true]]],
    ['400-810-1234', [['400-810-1234', null, true]]],
    [
      '12333，12345',
      [
        ['12333', null, true],
        ['12345', null, true],
      ],
    ],
    ['3689687', [['3689687', null, true]]],
    ['http://222.82.215.212:19900/login', []],
    ['新发改收费〔2007〕1636号', []],
    ['0991—36896', [['0991-36896', null, false]]],
    ['0991-3689687，0991--3689687', [['0991-3689687', null, true]]],
  ])('%s', (text, expected) => {
    expect(phones(text).found).toEqual(expected)
  })

  test('in other fields only a number with its area code counts', () => {
    expect(phones('2015年1月1日前 3689687 联系人：王某 0991-3689695', 'clear').found).toEqual([
      ['0991-3689695', '王某', true],
    ])
  })

  test.each([
    ['0991—368936（甲处）', 'phone-digits'],
    ['0991—3689703、3689705', 'phone-area-inherited'],
    ['3689705', 'phone-area-code'],
  ])('%s: %s', (text, rule) => {
    expect(phones(text).rules).toEqual([rule])
  })
})

describe('websites', () => {
  test.each<[string, [string | null, string | null][]]>([
    [
      '网上办理（中国博士后网：\nhttp://www.chinapostdoctor.org.cn）',
      [['http://www.chinapostdoctor.org.cn', '中国博士后网']],
    ],
    [
      '见https://a.gov.cn/x?y=1，另见www.b.cn。',
      [
        ['https://a.gov.cn/x?y=1', null],
        ['www.b.cn', null],
      ],
    ],
    ['登陆中国人事考试网打印', [[null, '中国人事考试网']]],
    ['网上办理', []],
    ['通过网络、网点办理', []],
  ])('%j', (text, expected) => {
    const found = parseWebsites(fieldOf('办理方式', text), listen().report)
    expect(found.map(({ url, name }) => [url, name])).toEqual(expected)
  })

  test.each([
    ['www.b.cn', 'website-scheme'],
    ['http://1.2.3.4:81/a', 'website-port'],
    ['登录中国人事考试网', 'website-address'],
  ])('%s: %s', (text, rule) => {
    const { report, rules } = listen()
    parseWebsites(fieldOf('办理方式', text), report)
    expect(rules()).toEqual([rule])
  })
})

describe('opening hours', () => {
  const hours = (text: string) => {
    const { report, heard, rules } = listen()
    const read = parseHours(fieldOf('办事时间', text), report)
    const sessions = read.sessions.map(
      ({ from, to, season }) => `${from}-${to}${season === null ? '' : ` ${season}`}`,
    )
    return { ...read, sessions, rules: rules(), heard }
  }

  test.each([
    ['工作日：9:30～13:00', ['09:30-13:00'], []],
    ['工作日：冬季：10：00至13：30，夏季：9：30至13：30', ['10:00-13:30 winter', '09:30-13:30 summer'], []],
    ['工作日：10:00—1330', ['10:00-13:30'], ['hours-colon']],
    ['周一至周五 10:00-18:00', ['10:00-18:00'], []],
    ['10:00-18:00', ['10:00-18:00'], ['hours-days']],
    ['工作日：18:00-10:00', [], ['hours-range', 'hours-unreadable']],
    ['工作日：10:00-25:00、16:00-18:00', ['16:00-18:00'], ['hours-range']],
    ['工作日：10:00-13:00（冬季）', ['10:00-13:00 winter'], ['hours-season']],
    ['考核费20元', [], ['hours-fee']],
    ['另行通知', [], ['hours-unreadable']],
    ['以银行公布时间为准', [], ['hours-elsewhere']],
    ['', [], []],
  ])('%s', (text, sessions, rules) => {
    const read = hours(text)
    expect(read.sessions).toEqual(sessions)
    expect(read.rules).toEqual(rules)
    expect(read.text).toBe(text)
    if (sessions.length === 0) expect(read.days).toBeNull()
  })

  test('a missing colon is told at its own line', () => {
    expect(hours('工作日：10:00—13:30\n16:00--1930').heard).toMatchObject([{ rule: 'hours-colon', line: 12 }])
  })

  test('what stands beside the hours is kept, acceptance days are not', () => {
    expect(hours('每月15日之前\n工作日：10:00—13:30\n某银行网点：以银行公布时间为准').remarks).toEqual([
      '某银行网点：以银行公布时间为准',
    ])
  })

  test('hours of another office are a matter for a person', () => {
    expect(hours('某某局工作日：10:00—13:30').heard).toMatchObject([
      { rule: 'hours-office', severity: 'warning' },
    ])
  })
})

describe('acceptance days', () => {
  const days = (hoursText: string, limitText: string) => {
    const hours = listen()
    const limit = listen()
    const found = parseAcceptance(fieldOf('办事时间', hoursText), fieldOf('办理时限', limitText), {
      hours: hours.report,
      limit: limit.report,
    })
    return { found, rules: [...hours.rules(), ...limit.rules()] }
  }

  test.each([
    ['', '每月1日—21日，现场办理', 1, 21, true, ['acceptance-in-limit']],
    ['每月25日前的工作日', '即时办结', 1, 25, false, ['acceptance-last-day']],
    ['', '每月5日至15日', 5, 15, true, ['acceptance-in-limit']],
    ['每月20日后办理', '', 20, 31, true, []],
    ['每月1-30日', '', 1, 30, true, ['acceptance-day-31']],
    ['每月15日之前', '每月1日—21日', 1, 15, false, ['acceptance-several', 'acceptance-last-day']],
  ])('%j, %j', (hours, limit, fromDay, toDay, lastDayCertain, rules) => {
    const { found, rules: heard } = days(hours, limit)
    expect(found).toMatchObject({ fromDay, toDay, lastDayCertain })
    expect(heard.sort()).toEqual([...rules].sort())
  })

  test.each([
    ['每月0日前', ['acceptance-days']],
    ['每月21日—5日', ['acceptance-days']],
    ['每月1日—32日', ['acceptance-days']],
    ['7个工作日办结', []],
    ['每月办理一次', []],
  ])('%s gives no days', (limit, rules) => {
    expect(days('', limit)).toEqual({ found: null, rules })
  })
})

describe('fees', () => {
  test.each<[string, boolean | null, string[]]>([
    ['不收费', true, []],
    ['免费', true, []],
    ['免收工本费', true, []],
    ['首次申领不收费，依据：某通知', true, []],
    ['300元/件（某号文件）', false, []],
    ['按级别缴纳相应费用', false, ['fee-amount']],
    ['《关于调整收费标准的通知》', false, ['fee-amount']],
    ['基地资格认证费800元（未曾收费）', null, ['fee-contradiction']],
    ['首次不收费，补领15元', null, ['fee-contradiction']],
    ['新计价费〔2004〕482号', null, ['fee-unclear']],
    ['', null, ['fee-unclear']],
  ])('%j', (text, free, rules) => {
    const { report, rules: heard } = listen()
    expect(parseFee(fieldOf('收费依据及标准', text), report)).toEqual({ free, text })
    expect(heard()).toEqual(rules)
  })
})

describe('channels', () => {
  const counter = places('北京南路445号2楼201室 甲处').found

  test.each([
    ['现场办理或电话咨询', ['counter', 'phone'], []],
    ['网上预约，柜台办理。', ['counter'], []],
    ['当面递交、邮寄', ['counter', 'mail'], []],
    ['发送电子邮件', ['online'], ['channel-place']],
    ['即时办理', ['counter'], ['channel-none']],
  ])('%s', (text, channels, rules) => {
    const { report, rules: heard } = listen()
    expect(parseChannels(fieldOf('办理方式', text), counter, report)).toEqual(channels)
    expect(heard()).toEqual(rules)
  })

  test('nothing is inferred where there is nowhere to go', () => {
    const { report, heard } = listen()
    expect(parseChannels(fieldOf('办理方式', '即时办理'), [], report)).toEqual([])
    expect(heard).toMatchObject([{ rule: 'channel-unknown', severity: 'warning' }])
  })
})
