import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import {
  type Audience,
  audiences,
  audiencesOf,
  otherSituation,
  situationsFor,
  situationsSchema,
} from '../../../data/situations.ts'
import { aService } from '../../fixtures/catalogue.ts'
import { contentText, realCatalogue } from '../../fixtures/real-content.ts'

const { services } = realCatalogue
const curated = v.parse(situationsSchema, JSON.parse(contentText('situations.json')))

const aNamed = (title: string, 事项简述 = '', 办理材料 = '') => {
  const service = aService({ id: title, title, name: title, materials: [] })
  return { ...service, fields: { ...service.fields, 事项简述, 办理材料 } }
}

/** Whom each service is for by the guide's own words, those that decide it beside it where the title does not. */
const byHand: Readonly<Record<'employer' | 'both' | 'person', readonly (readonly [string, string])[]>> = {
  employer: [
    ['设立技工学校审批—设立高级技工学校审批', ''],
    ['设立技工学校审批—设立技师学院审核', ''],
    ['人力资源服务许可审批—设立中外合资（合作）人力资源服务机构许可', ''],
    ['企业实行不定时工作制和综合计算工时工作制审批', ''],
    ['劳务派遣经营、变更、延续、注销许可', ''],
    ['年金基金管理合同备案', ''],
    ['企业社会保险登记', '单位统一办理'],
    ['机关事业单位社会保险登记', ''],
    ['参保单位注销—参保企业注销', ''],
    ['参保单位注销—参保机关事业单位注销', ''],
    ['职工参保登记', '编制部门出具的编制使用通知单'],
    ['单位（项目）基本信息变更—企业（项目）基本信息变更', ''],
    ['单位（项目）基本信息变更—机关事业单位（项目）基本信息变更', ''],
    ['缴费人员增减申报', ''],
    ['社会保险缴费申报与变更—企业社会保险缴费申报与变更', ''],
    ['社会保险缴费申报与变更—机关事业单位社会保险缴费申报与变更', ''],
    ['社会保险费缴纳—企业职工社会保险费缴纳', '行业单位统一为职工办理'],
    ['社会保险费缴纳—机关事业单位职工社会保险费缴纳', ''],
    ['用人单位办理工伤登记', ''],
    ['变更工伤登记', '登记变更表、花名册'],
    ['协议医疗机构的确认', ''],
    ['协议康复机构的确认', ''],
    ['辅助器具配置协议机构的确认', ''],
    ['稳岗补贴申领', ''],
    ['企业年金方案备案', ''],
    ['职业供求信息、市场工资指导价位信息和职业培训信息发布', '为企事业单位发布人才招聘信息'],
    ['事业单位岗位设置方案备案', ''],
    ['事业单位公开招聘工作方案、招聘信息审核备案', ''],
    ['事业单位拟聘人员备案', ''],
    ['提供档案查（借）阅服务', '本人不得查阅'],
    ['申报职业技能鉴定', '备案的考核鉴定机构'],
    ['博士后设站申报', ''],
    ['职称评审委员会备案—组建职称评审委员会审批', ''],
    ['专业技术人员继续教育基地认定', ''],
    ['集体合同审查', ''],
  ],
  both: [
    ['个人基本信息变更—企业职工个人基本信息变更', '职工的事，行业单位统一办理'],
    ['个人基本信息变更—机关事业单位职工个人基本信息变更', '本人身份证原件；单位参保人员'],
    ['养老保险待遇发放账户维护申请—企业职工养老保险待遇发放账户维护申请', '单位或企业退休职工均可办理'],
    ['工伤保险待遇发放账户维护申请', '单位、工伤本人、供养亲属'],
    ['社会保险费断缴补缴申报—企业职工社会保险费断缴补缴申报', '职工的补缴，单位统一办理'],
    ['社会保险费断缴补缴申报—机关事业单位职工社会保险费断缴补缴申报', '参保单位或个人'],
    ['社会保险参保缴费记录查询—企业、职工社会保险参保缴费记录查询', '单位或职工个人均可办理'],
    ['社会保险参保缴费记录查询—机关事业单位、个人参保缴费记录查询', '参保单位和个人'],
    ['职工正常退休（职）申请—企业职工正常退休（职）审批', '退休职工花名册'],
    ['职工正常退休（职）申请—事业单位职工正常退休（职）审批', '退休（职）初始待遇核定表'],
    ['职工正常退休（职）申请—企业职工养老保险待遇申领', '职工的养老金，单位统一办理'],
    ['职工正常退休（职）申请—机关事业单位职工养老保险待遇申领', '单位填报'],
    ['职工提前退休（职）申请—企业职工提前退休（退职）审批', '本人申请书，企业应提供'],
    ['职工提前退休（职）申请—事业单位职工提前退休（职）审批', '核定表'],
    ['暂停养老保险待遇申请—暂停企业职工基本养老保险待遇申请', ''],
    ['暂停养老保险待遇申请—暂停机关事业单位职工养老保险待遇申请', '单位《申请停发待遇情况说明》'],
    ['恢复养老保险待遇申请—恢复企业职工养老保险待遇申请', ''],
    ['恢复养老保险待遇申请—恢复机关事业单位职工养老保险待遇申请', '单位恢复执行待遇决定'],
    ['个人账户一次性待遇申领—企业职工个人账户一次性申领', '单位统一办理；个人书面申请'],
    ['丧葬补助金、抚恤金申领', ''],
    ['城镇职工基本养老保险关系转移接续申请', '行业单位或个人均可办理'],
    ['多重养老保险关系个人账户退费（社会保险费退费申报等）', '参保单位或个人'],
    ['工伤认定申请', '伤者、用人单位'],
    ['劳动能力鉴定申请—因病或非因工伤（残）劳动能力鉴定申请', '申请人、用人单位公示材料'],
    ['劳动能力再次鉴定申请', '用人单位工商营业执照'],
    ['工伤保险待遇变更', '加盖单位公章'],
    ['技能提升补贴申领', '没有写明'],
    ['就业政策法规咨询', '单位和个人'],
    ['公共就业服务专项活动—民营企业招聘周活动', '求职的人与招聘的企业'],
    ['公共就业服务专项活动—大中城市联合招聘高校毕业生专场招聘会', '高校毕业生与企业'],
    ['档案材料的收集、鉴别和归档', '转交个人或由工作单位统一移交'],
    ['档案的整理和保管', '没有写明'],
    ['依据档案记载出具相关证明', '单位和个人'],
    ['提供政审（考察）服务', '单位和个人'],
    ['博士后进出站办理', '设站的单位；本人身份证'],
    ['职称申报评审及证书管理—专业技术人员高级职称审批', '申报人，基层工作单位审核'],
    ['职称申报评审及证书管理—22个系列（专业）高级职称评审', '专业技术人员，单位公示'],
    ['专业技术人员继续教育证书核发', '办班备案通知；发给专业技术人员'],
    ['专业技术人员资格证书管理服务', '花名册；考试成绩单'],
    ['劳动人事争议仲裁申请', '单位与劳动者之间'],
    ['信访事项提出', '公民、法人'],
    ['行政复议', '法人申请、个人申请'],
    ['政府信息依申请公开', '公民、法人'],
  ],
  person: [
    ['养老保险待遇发放账户维护申请—机关事业单位职工养老保险待遇发放账户维护申请', '退休人员'],
    ['供养直系亲属待遇申请', '没有写单位'],
    ['个人账户一次性待遇申领—机关事业单位个人账户一次性待遇申领', '家属携带'],
    ['机关事业单位养老保险关系转移接续申请', '单位职工本人'],
    ['机关事业单位基本养老保险与城镇企业职工基本养老保险互转申请', '本人'],
    ['劳动能力鉴定申请—工伤职工劳动能力鉴定申请', '人员申请'],
    ['劳动能力复查鉴定申请', '人员申请'],
    ['异地居住就医申请确认', ''],
    ['旧伤复发申请确认', ''],
    ['转诊转院申请确认', ''],
    ['工伤康复申请确认', ''],
    ['工伤康复治疗期延长申请', ''],
    ['辅助器具配置或更换申请', ''],
    ['辅助器具异地配置申请', ''],
    ['停工留薪期确认和延长确认', '工伤职工'],
    ['工伤医疗（康复）费用申报', ''],
    ['住院伙食补助费申领', ''],
    ['统筹地区以外交通、食宿费申领', ''],
    ['一次性工伤医疗补助金申请', ''],
    ['辅助器具配置（更换）费用申报', ''],
    ['伤残待遇申领（一次性伤残补助金、伤残津贴和生活护理费）', ''],
    ['一次性工亡补助金（含生活困难，预支50%确认）、丧葬补助金申领', '工亡职工'],
    ['供养亲属抚恤金申领', ''],
    ['社会保障卡申领', ''],
    ['社会保障卡启用（含社会保障卡银行账户激活）', '参保人员'],
    ['社会保障卡应用状态查询', ''],
    ['社会保障卡信息变更', ''],
    ['社会保障卡补领、换领、换发', ''],
    ['职业介绍、职业指导和创业开业指导', '高校毕业生、残疾人'],
    ['高等学校等毕业生接收手续办理—高校毕业生报到派遣', '身份证、毕业证'],
    ['高等学校等毕业生接收手续办理—高校毕业生档案管理', '为高校毕业生'],
    ['档案的接收和转递', '本人调档'],
    ['存档人员党员组织关系的接转', '党员本人'],
    ['遗失技能人员职业资格证书补发申请', ''],
    ['境外就业和对外劳务合作人员换发技能人员职业资格证书申请', ''],
    ['更正职业资格证书信息申请', ''],
    ['专业技术人员资格考试报名—建造师', '报考人员'],
  ],
}

describe('audiencesOf', () => {
  it.each([
    ...byHand.employer.map(([title, why]) => [title, why, ['employer']] as const),
    ...byHand.both.map(([title, why]) => [title, why, audiences] as const),
    ...byHand.person.map(([title, why]) => [title, why, ['person']] as const),
  ])('%s (%s): %j', (title, _, expected) => {
    const service = services.find((each) => each.title === title)
    expect(service && audiencesOf(service)).toEqual(expected)
  })

  it('leaves no doubtful service out: what is not judged above are examinations', () => {
    const judged = new Set(Object.values(byHand).flatMap((rows) => rows.map(([title]) => title)))
    const others = services.filter(({ title }) => !judged.has(title))
    expect(judged.size + others.length).toBe(services.length)
    for (const service of others) {
      expect(service.title).toContain('资格考试报名')
      expect(audiencesOf(service)).toEqual(['person'])
    }
  })

  it.each<[string, string, string, readonly Audience[]]>([
    ['新事项', '', '', audiences],
    ['新事项', '单位和个人均可办理', '', audiences],
    ['新事项', '', '本人身份证', ['person']],
    ['新事项', '', '营业执照复印件', ['employer']],
    ['新机构设立许可', '', '本人身份证', ['employer']],
  ])('%s, %s, %s: %j', (title, summary, materials, expected) => {
    expect(audiencesOf(aNamed(title, summary, materials))).toEqual(expected)
  })

  it('heeds the cases', () => {
    const [group] = aService().materials
    if (!group) throw new Error('The fixture has materials')
    const cased = (when: string) => ({ ...aNamed('新事项'), materials: [{ ...group, when }] })
    expect(audiencesOf(cased('法人申请'))).toEqual(['employer'])
    expect(audiencesOf(cased('个人申请'))).toEqual(['person'])
  })
})

describe('situationsFor', () => {
  const situations = {
    format: 1 as const,
    situations: [
      { id: 'a', title: '甲', words: ['甲', '申请'] },
      { id: 'b', title: '乙', words: ['乙'] },
      { id: 'c', title: '丙', words: ['丙'] },
      { id: 'd', title: '单位甲', audience: 'employer' as const, words: ['甲'] },
    ],
  }
  const some = [aNamed('丁', '本人'), aNamed('乙申请', '本人'), aNamed('甲', '本人'), aNamed('甲法', '法人')]
  const of = (audience: Audience) =>
    situationsFor(situations, some, audience).map(({ id, title, services: members }) => [
      id,
      title,
      members.map((service) => service.title),
    ])

  it('puts a service in every situation of its words, leaves empty ones out, the unclaimed last', () => {
    expect(of('person')).toEqual([
      ['a', '甲', ['乙申请', '甲']],
      ['b', '乙', ['乙申请']],
      [otherSituation, null, ['丁']],
    ])
  })

  it('shows a situation of one audience to no other', () => {
    expect(of('employer')).toEqual([
      ['a', '甲', ['甲法']],
      ['d', '单位甲', ['甲法']],
    ])
  })
})

describe('the curated situations', () => {
  const groups = audiences.map((audience) => ({
    audience,
    groups: situationsFor(curated, services, audience),
  }))

  it.each(groups)('for the $audience: 8 to 16, each of at most 15 services, none left over', (each) => {
    expect(each.groups.length).toBeGreaterThanOrEqual(8)
    expect(each.groups.length).toBeLessThanOrEqual(16)
    for (const group of each.groups) expect(group.services.length).toBeLessThanOrEqual(15)
    expect(each.groups.filter(({ title }) => title === null)).toEqual([])
  })

  it('reach every service', () => {
    const reached = new Set(groups.flatMap((each) => each.groups.flatMap((group) => group.services)))
    expect(reached.size).toBe(services.length)
  })

  it('reach a service of a later guide that none of them knows', () => {
    const later = aNamed('全新事项')
    for (const audience of audiences)
      expect(situationsFor(curated, [...services, later], audience).at(-1)).toEqual({
        id: otherSituation,
        title: null,
        services: [later],
      })
  })

  it('have ids of their own, titles of at most nine characters, and words that titles have', () => {
    const ids = curated.situations.map(({ id }) => id)
    expect(new Set([...ids, otherSituation]).size).toBe(ids.length + 1)
    for (const { title, words } of curated.situations) {
      expect(title.length).toBeLessThanOrEqual(9)
      for (const word of words) expect(services.filter((each) => each.title.includes(word))).not.toEqual([])
    }
  })

  it.each([
    ['person', '社会保障卡申领', '社保卡'],
    ['person', '丧葬补助金、抚恤金申领', '家人去世'],
    ['employer', '丧葬补助金、抚恤金申领', '职工去世'],
    ['person', '劳动人事争议仲裁申请', '劳动纠纷'],
    ['employer', '企业社会保险登记', '单位开办社保'],
    ['person', '个人账户一次性待遇申领—企业职工个人账户一次性申领', '家人去世'],
    ['person', '高等学校等毕业生接收手续办理—高校毕业生档案管理', '刚毕业'],
    ['person', '高等学校等毕业生接收手续办理—高校毕业生档案管理', '档案和证明'],
    ['person', '专业技术人员资格考试报名—执业药师（药学、中药学）', '其他考试报名'],
  ] as const)('for the %s, %s is under %s', (audience, title, situation) => {
    const group = situationsFor(curated, services, audience).find((each) => each.title === situation)
    expect(group?.services.map((service) => service.title)).toContain(title)
  })
})
