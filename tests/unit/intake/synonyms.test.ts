import { describe, expect, test } from 'vitest'
import { createSearch } from '../../../data/search.ts'
import { createReader } from '../../../data/intake/readings.ts'
import type { Finding } from '../../../data/intake/source.ts'
import { assignSynonyms } from '../../../data/intake/synonyms.ts'
import { curatedReadings, curatedSynonyms, real } from './real-guide.ts'

const titles = ['社会保障卡申领', '社会保障卡信息变更', '工伤认定申请']
const assign = (...synonyms: { say: string[]; titles: string[] }[]) => {
  const findings: Finding[] = []
  const assigned = assignSynonyms(titles, { format: 1, synonyms }, createReader(curatedReadings), (finding) =>
    findings.push(finding),
  )
  return { words: assigned.map((each) => each.map(({ text }) => text)), assigned, findings }
}

describe('assignSynonyms', () => {
  test.each<[string, string[], string[][]]>([
    ['a word of titles', ['社会保障卡'], [['补牌'], ['补牌'], []]],
    ['several words, all of which a title must have', ['社会保障卡 变更'], [[], ['补牌'], []]],
    ['a whole title', ['社会保障卡申领'], [['补牌'], [], []]],
    ['one of several', ['变更', '工伤'], [[], ['补牌'], ['补牌']]],
    ['none', ['年金'], [[], [], []]],
  ])('%s', (_, wanted, expected) => {
    expect(assign({ say: ['补牌'], titles: wanted }).words).toEqual(expected)
  })

  test('gives each word once, in the order of the file, with its readings', () => {
    const { words, assigned } = assign(
      { say: ['社保卡', '医保卡'], titles: ['社会保障卡'] },
      { say: ['医保卡', '领卡'], titles: ['申领'] },
    )
    expect(words[0]).toEqual(['社保卡', '医保卡', '领卡'])
    expect(assigned[0]?.[0]?.readings.map(({ at, syllables }) => [at, syllables[0]])).toEqual([
      [0, 'she'],
      [1, 'bao'],
      [2, 'ka'],
    ])
  })

  test('leaves out what the title says itself', () => {
    const { words, findings } = assign({ say: ['申领', '领证'], titles: ['申领'] })
    expect([words[0], findings]).toEqual([['领证'], []])
  })

  test('tells the words that stand for nothing, once, and goes on', () => {
    const { words, findings } = assign(
      { say: ['企业年金', '补充养老'], titles: ['年金'] },
      { say: ['工伤报告'], titles: ['工伤'] },
    )
    expect(words[2]).toEqual(['工伤报告'])
    expect(findings).toMatchObject([{ severity: 'info', rule: 'synonym-idle', line: null, text: '' }])
    expect(findings[0]?.message).toContain('企业年金、补充养老')
    expect(findings[0]?.message).not.toContain('工伤报告')
  })

  test('has nothing to tell of a guide without services', () => {
    const findings: Finding[] = []
    assignSynonyms([], curatedSynonyms, createReader(curatedReadings), (finding) => findings.push(finding))
    expect(findings).toEqual([])
  })
})

describe('the curated words', () => {
  const { services } = real.catalogue
  const search = createSearch(services)
  const find = (query: string) =>
    search
      .find(query)
      .filter(({ rank, close }) => !close && rank < 10)
      .map(({ service }) => service.title)

  test('all stand for something', () => {
    expect(real.findings.filter(({ rule }) => rule === 'synonym-idle')).toEqual([])
  })

  test('are each found in Chinese, in full pinyin and by initials, and lead where the file says', () => {
    for (const { say, titles: wanted } of curatedSynonyms.synonyms) {
      const meant = services
        .map(({ title }) => title)
        .filter((title) => wanted.some((each) => each.split(' ').every((word) => title.includes(word))))
      for (const word of say) {
        const readings = createReader(curatedReadings)(word).map(({ syllables }) => syllables[0] ?? '')
        const initials = readings.map((each) => each.charAt(0)).join('')
        for (const query of [word, readings.join(''), initials])
          expect(find(query)).toEqual(expect.arrayContaining(meant))
      }
    }
  })

  test.each([
    ['五险一金', '社会保险登记', '社会保险费缴纳'],
    ['五险', '职工参保登记'],
    ['养老金', '企业职工养老保险待遇申领', '发放账户'],
    ['退休金', '机关事业单位职工养老保险待遇申领'],
    ['退休工资', '养老保险待遇'],
    ['下岗', '职业介绍'],
    ['失业', '就业政策法规咨询'],
    ['工龄', '养老保险待遇申领', '依据档案记载'],
    ['补卡', '社会保障卡补领'],
    ['挂失', '社会保障卡补领'],
    ['激活', '社会保障卡启用'],
    ['社保卡', '社会保障卡申领'],
    ['医保卡', '社会保障卡申领'],
    ['工伤赔偿', '伤残待遇申领', '一次性工伤医疗补助金'],
    ['伤残鉴定', '工伤职工劳动能力鉴定'],
    ['工伤鉴定', '工伤职工劳动能力鉴定', '劳动能力再次鉴定'],
    ['医药费报销', '工伤医疗（康复）费用申报'],
    ['停工留薪', '停工留薪期确认'],
    ['转社保', '城镇职工基本养老保险关系转移接续', '互转'],
    ['社保转移', '机关事业单位养老保险关系转移接续'],
    ['交社保', '社会保险费缴纳'],
    ['断缴', '断缴补缴'],
    ['补交', '断缴补缴'],
    ['社保记录', '企业、职工社会保险参保缴费记录查询'],
    ['社保证明', '机关事业单位、个人参保缴费记录查询'],
    ['丧葬费', '丧葬补助金、抚恤金申领', '供养直系亲属待遇'],
    ['遗属', '供养亲属抚恤金申领'],
    ['抚恤', '供养亲属抚恤金申领'],
    ['一建', '资格考试报名—建造师'],
    ['二建', '资格考试报名—建造师'],
    ['消防证', '注册消防工程师'],
    ['社工证', '社会工作师'],
    ['药师', '执业药师'],
    ['造价', '造价工程师'],
    ['监理', '监理工程师', '注册设备监理师'],
    ['考证', '资格考试报名—建造师', '资格考试报名—执业药师'],
    ['报考', '资格考试报名—注册测绘师'],
    ['评职称', '高级职称审批', '高级职称评审'],
    ['中级职称', '专业技术人员资格证书管理服务', '经济专业技术资格'],
    ['党关系', '党员组织关系'],
    ['调档', '档案的接收和转递'],
    ['存档', '档案的接收和转递'],
    ['政审', '提供政审'],
    ['派遣', '报到派遣', '劳务派遣'],
    ['报到证', '报到派遣'],
    ['招聘会', '专场招聘会', '招聘周'],
    ['找工作', '职业介绍'],
    ['创业', '创业开业指导'],
    ['仲裁', '劳动人事争议仲裁'],
    ['欠薪', '劳动人事争议仲裁'],
    ['讨薪', '劳动人事争议仲裁', '信访'],
    ['劳动纠纷', '劳动人事争议仲裁'],
    ['上访', '信访事项提出'],
    ['投诉', '信访事项提出'],
    ['告单位', '劳动人事争议仲裁'],
    ['招人备案', '事业单位公开招聘'],
    ['企业年金', '企业年金方案备案'],
    ['稳岗', '稳岗补贴申领'],
    ['培训补贴', '技能提升补贴'],
    ['技校', '设立高级技工学校'],
    ['中介', '人力资源服务机构'],
    ['加班', '工时工作制', '劳动人事争议仲裁'],
    ['综合工时', '综合计算工时'],
    ['换银行卡', '企业职工养老保险待遇发放账户', '工伤保险待遇发放账户'],
    ['改账户', '发放账户维护'],
    ['停发', '暂停企业职工基本养老保险待遇'],
    ['恢复养老金', '恢复企业职工养老保险待遇'],
    ['病退', '企业职工提前退休', '因病或非因工伤'],
    ['假肢', '辅助器具配置或更换'],
    ['职业病', '工伤认定'],
    ['查档案', '提供档案查（借）阅'],
    ['改名', '个人基本信息变更'],
    ['开卡', '社会保障卡启用'],
    ['技能证', '更正职业资格证书', '遗失技能人员职业资格证书'],
  ])('%s: %s', (word, ...expected) => {
    const found = find(word)
    expect(found.length).toBeLessThanOrEqual(24)
    for (const part of expected) expect(found.some((title) => title.includes(part))).toBe(true)
  })
})
