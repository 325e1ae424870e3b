import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { MaterialGroup } from '../../../data/catalogue.ts'
import { countsOf } from '../../../data/intake/counts.ts'
import { readDocument } from '../../../data/intake/document.ts'
import { conditionOf } from '../../../data/intake/materials-conditions.ts'
import { kindOf } from '../../../data/intake/materials-kinds.ts'
import { parseMaterials } from '../../../data/intake/materials.ts'
import { readNumber } from '../../../data/intake/characters.ts'
import { readMark } from '../../../data/intake/numbering.ts'
import type { Finding, SourceLine } from '../../../data/intake/source.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

/** The groups in the notation of the hand-made table: "= case << outer :: note", "d o1 original | text". */
const notationOf = (groups: readonly MaterialGroup[]): string[] =>
  groups.flatMap(({ when, within, note, materials }) => [
    `= ${when ?? '-'}${within.length > 0 ? ` << ${within.join(' / ')}` : ''}${note === null ? '' : ` :: ${note}`}`,
    ...materials.map((material) =>
      [
        material.kind.charAt(0),
        ...(material.originals === null ? [] : [`o${material.originals}`]),
        ...(material.photocopies === null ? [] : [`c${material.photocopies}`]),
        ...material.asks,
        ...(material.inspectOnly ? ['inspect'] : []),
        ...(material.when === null ? [] : [`when:${material.when}`]),
        `| ${material.text}`,
      ].join(' '),
    ),
  ])

const linesOf = (text: string): SourceLine[] =>
  text.split('\n').map((line, index) => ({ number: index + 1, text: line }))

function parse(text: string) {
  const findings: Pick<Finding, 'severity' | 'rule' | 'line'>[] = []
  const groups = parseMaterials(linesOf(text), ({ severity, rule, line }) =>
    findings.push({ severity, rule, line }),
  )
  return {
    notation: notationOf(groups),
    findings: findings.map(({ severity, rule, line }) => `${severity} ${rule} ${line}`),
  }
}

describe('the guide', () => {
  const blocks = read('./expected/materials.txt')
    .split(/^# /m)
    .slice(1)
    .map((block) => block.trimEnd().split('\n'))
  const tables = readDocument(read('../../../data/content/guide.txt'), () => undefined).tables

  test('has as many services as the hand-made table', () => {
    expect(tables).toHaveLength(132)
    expect(blocks).toHaveLength(132)
  })

  test.each(blocks.map(([title = '', ...rows]) => ({ title, rows })))('$title', ({ title, rows }) => {
    const lines = tables[Number.parseInt(title, 10) - 1]?.fields.get('办理材料')?.lines ?? []
    expect(notationOf(parseMaterials(lines, () => undefined))).toEqual(rows.map((row) => row.trim()))
  })
})

const cases: { name: string; text: string; notation: string[]; findings?: string[] }[] = [
  { name: 'an empty field', text: '\t\n   \n', notation: [], findings: ['warning material-empty 1'] },
  {
    name: 'lines without numbering, with blank lines between',
    text: '\t参保申请；\n\n   \n社会保险参保登记表。  ',
    notation: ['= -', 'd | 参保申请', 'd | 社会保险参保登记表'],
    findings: [],
  },
  {
    name: 'all entries on one line',
    text: '1.工伤认定决定书原件、复印件；2最近一次鉴定结论书原件；3、病历复印件。4．照片2张',
    notation: [
      '= -',
      'd original photocopy | 工伤认定决定书原件、复印件',
      'd original | 最近一次鉴定结论书原件',
      'd photocopy | 病历复印件',
      'd o2 original | 照片2张',
    ],
    findings: [
      'info material-numbering-dot 1',
      'info material-split 1',
      'info material-count 1',
      'info material-numbering-mixed 1',
    ],
  },
  {
    name: 'entries parted by nothing but their numbers',
    text: '1.申请表（原件1份）2.发票 3.病历4.照片',
    notation: ['= -', 'd o1 original | 申请表（原件1份）', 'd | 发票', 'd | 病历4.照片'],
    findings: ['warning material-numbering-inline 1', 'info material-split 1'],
  },
  {
    name: 'a first number without its dot',
    text: '1企业证明材料\n2.合同',
    notation: ['= -', 'd | 企业证明材料', 'd | 合同'],
    findings: ['info material-numbering-dot 1'],
  },
  {
    name: 'numbers that are content',
    text: '1寸照片2张\n2015年1月1日前的存档合同\n12333\n1.5倍工资证明\n3、5年级证明\n一、二级证书\n3）',
    notation: [
      '= -',
      'd o2 original | 1寸照片2张',
      'd | 2015年1月1日前的存档合同',
      'd | 12333',
      'd | 1.5倍工资证明',
      'd | 3、5年级证明',
      'd | 一、二级证书',
      'd | 3）',
    ],
  },
  {
    name: 'numbering that skips, repeats, restarts and comes late',
    text: '2.甲\n4.乙\n4.丙\n1.丁',
    notation: ['= -', 'd | 甲', 'd | 乙', 'd | 丙', 'd | 丁'],
    findings: [1, 2, 3, 4].map((line) => `warning material-numbering ${line}`),
  },
  {
    name: 'numbering on some entries only',
    text: '甲\n7.乙',
    notation: ['= -', 'd | 甲', 'd | 乙'],
    findings: ['warning material-numbering 2', 'warning material-numbering-partial 1'],
  },
  {
    name: 'a bracketed remark on a line of its own',
    text: '申请报告\n\n（原件1份）；\n审核表；\n(一式两份) \n《登记表》',
    notation: [
      '= -',
      'd o1 original | 申请报告（原件1份）',
      'd o2 original | 审核表；(一式两份)',
      'd | 《登记表》',
    ],
    findings: ['info material-joined 3', 'info material-joined 5', 'info material-punctuation 4'],
  },
  {
    name: 'entries broken over two lines',
    text: '1.\n申请表（附名单\n及说明）\n2.身份证，\n以及授权书\n联系电话：\n12333',
    notation: ['= -', 'd | 申请表（附名单及说明）', 'd | 身份证，以及授权书', 'n | 联系电话：12333'],
  },
  {
    name: 'a number alone on its line, before an entry that begins with a number',
    text: '1.\n5年以上的合同\n2.照片',
    notation: ['= -', 'd | 5年以上的合同', 'd | 照片'],
    findings: ['info material-joined 2'],
  },
  {
    name: 'a number right behind the words of a heading, which may be content',
    text: '一、续报单位除按上述要求报送外，还需上报1、总结',
    notation: ['= 续报单位 :: 除按上述要求报送外，还需上报', 'd | 1、总结'],
  },
  {
    name: 'a bracket left open before the next number',
    text: '1）申请表（附名单；\n2）照片',
    notation: ['= -', 'd | 申请表（附名单', 'd | 照片'],
    findings: ['warning material-brackets 1'],
  },
  {
    name: 'semicolons and numbers inside brackets',
    text: '1.审批表（一式三份；照片四张）；2.证明（1.甲；2.乙）。（网上下载）',
    notation: ['= -', 'd o3 original | 审批表（一式三份；照片四张）', 'd | 证明（1.甲；2.乙）。（网上下载）'],
  },
  {
    name: 'sentences that explain, and sentences that ask anew',
    text: '劳动关系证明材料。包括劳动合同复印件。户口簿原件。其中申请书应提供原件，其他提交复印件。',
    notation: [
      '= -',
      'd photocopy | 劳动关系证明材料。包括劳动合同复印件',
      'd original | 户口簿原件',
      'n | 其中申请书应提供原件，其他提交复印件',
    ],
  },
  {
    name: 'conditional demands side by side',
    text: '计划设立的公司法人提供验资报告，已设立公司法人提交审计报告\n企业上传执照，事业单位上传代码证\n由遗产继承人申请的，需携带身份证，同时还需提供公证书',
    notation: [
      '= -',
      'd when:计划设立的公司法人 | 计划设立的公司法人提供验资报告',
      'd when:已设立公司法人 | 已设立公司法人提交审计报告',
      'd when:企业 | 企业上传执照',
      'd when:事业单位 | 事业单位上传代码证',
      'd when:由遗产继承人申请的 | 由遗产继承人申请的，需携带身份证，同时还需提供公证书',
    ],
  },
  {
    name: 'cases as headings of their own line',
    text: '转移申请：\n本人身份证原件；\n委托他人办理的，需提供：\n委托书\n接续申请：\n凭证\n联系人：王某 0991-1234567',
    notation: [
      '= 转移申请',
      'd original | 本人身份证原件',
      '= 委托他人办理的 << 转移申请 :: 需提供：',
      'd | 委托书',
      '= 接续申请',
      'd | 凭证',
      '= -',
      'n | 联系人：王某 0991-1234567',
    ],
    findings: ['info material-contact 7', 'info material-nested 3'],
  },
  {
    name: 'cases inside a line, and an outer case of 一、 二、',
    text: '一、初次申报：\n单位：1.甲\n2.乙\n个人：1.丙\n二、续报：1.丁',
    notation: [
      '= 初次申报',
      '= 单位 << 初次申报',
      'd | 甲',
      'd | 乙',
      '= 个人 << 初次申报',
      'd | 丙',
      '= 续报',
      'd | 丁',
    ],
    findings: ['info material-nested 2', 'info material-nested 4'],
  },
  {
    name: 'a list that goes on behind a case inside it',
    text: '转移申请：\n1.身份证\n2.委托他人办理的，需提供：（1）委托书；（2）凭证\n3.照片',
    notation: [
      '= 转移申请',
      'd | 身份证',
      '= 委托他人办理的 << 转移申请 :: 需提供：',
      'd | 委托书',
      'd | 凭证',
      '= - << 转移申请',
      'd | 照片',
    ],
  },
  {
    name: 'headings with a demand, whose 备查 holds for what stands below',
    text: '1.登记表\n2.根据情况提供以下补充材料（以下原件备查）：\n编制通知单\n3.还应根据不同情况提供以下补充材料：\n1）重复缴费的，应提供明细',
    notation: [
      '= -',
      'd | 登记表',
      '= 根据情况 :: 提供以下补充材料（以下原件备查）：',
      'd original inspect | 编制通知单',
      '= 还应根据不同情况 :: 提供以下补充材料：',
      'd when:重复缴费的 | 重复缴费的，应提供明细',
    ],
    findings: [],
  },
  {
    name: 'headings without a colon',
    text: '1.根据情况提供减少人员的补充材料；\n1）调动文件\n二、续报单位除按上述要求报送外，还需上报总结（含问题）。',
    notation: [
      '= 根据情况 :: 提供减少人员的补充材料；',
      'd | 调动文件',
      '= 续报单位 :: 除按上述要求报送外，还需上报',
      'd | 总结（含问题）',
    ],
    findings: [
      'info material-heading 1',
      'warning material-numbering 3',
      'info material-heading 3',
      'info material-reference-above 3',
    ],
  },
  {
    name: 'a heading that refers to another list',
    text: '1.职工因病退休：除提供正常退休所需材料外，还需提供：申请书。\n2.破产企业退休：除正常退休所需材料外，还需提供：（1）申请书;（2）资料。',
    notation: [
      '= 职工因病退休 :: 除提供正常退休所需材料外，还需提供：',
      'd | 申请书',
      '= 破产企业退休 :: 除正常退休所需材料外，还需提供：',
      'd | 申请书',
      'd | 资料',
    ],
  },
  {
    name: 'a heading that is one step of a list',
    text: '1.申报人网上填报个人申报材料：基本信息；学习经历。2.评审组织机构工作人员逐级审核。',
    notation: [
      '= - :: 申报人网上填报个人申报材料：',
      'd | 基本信息',
      'd | 学习经历',
      '= -',
      'n | 评审组织机构工作人员逐级审核',
    ],
  },
  {
    name: 'a heading that heads nothing',
    text: '单位：\n个人：\n身份证\n根据情况提供补充材料；',
    notation: ['= 单位', '= 个人', 'd | 身份证', 'd when:根据情况 | 根据情况提供补充材料'],
    findings: ['warning material-heading-empty 1'],
  },
  {
    name: 'alternatives without a word saying so',
    text: '个人：\n本人身份证原件。\n代理人身份证原件及参保人身份证原件。',
    notation: ['= 个人', 'd original | 本人身份证原件', 'd original | 代理人身份证原件及参保人身份证原件'],
    findings: ['warning material-alternatives 3'],
  },
]

describe('irregular lists', () => {
  test.each(cases)('$name', ({ text, notation, findings }) => {
    const result = parse(text)
    expect(result.notation).toEqual(notation)
    if (findings) expect(result.findings).toEqual(findings)
  })
})

describe('counts', () => {
  test.each<[string, number | null, number | null, string, boolean?]>([
    ['申请表（原件1份）', 1, null, 'original'],
    ['合同（原件各1份）', 1, null, 'original'],
    ['名册（原件各一式三份）', 3, null, 'original'],
    ['许可申请书一式两份', 2, null, 'original'],
    ['登记表（一式二份）', 2, null, 'original'],
    ['开户许可证（复印件一份）', null, 1, 'photocopy'],
    ['证明（原件、复印件各一份，加盖公章）', 1, 1, 'original photocopy'],
    ['决定原件及其复印件3份', null, 3, 'original photocopy'],
    ['一览表（原件及电子版1份）', 1, null, 'original'],
    ['证据材料（副本1份）', null, 1, 'photocopy'],
    ['申请书（原件1份，并按照被申请人人数提交副本）', 1, null, 'original photocopy'],
    ['审批表（一式三份；照片四张）', 3, null, 'original'],
    ['1寸照片2张', 2, null, 'original'],
    ['授权委托书一份（工会主席除外）', 1, null, 'original'],
    ['许可证（复印件1份，原件备查）', null, 1, 'original photocopy', true],
    ['身份证原件备查', null, null, 'original', true],
    ['出示介绍信', null, null, '', true],
    ['身份证的原件或复印件', null, null, 'original photocopy'],
    ['论证报告（专家不少于5名）', null, null, ''],
    ['近3年考核表', null, null, ''],
    ['2人以上证人材料', null, null, ''],
    ['登记卡（如果档案不全，应提供工资表原件2份）', null, null, ''],
    ['报告（未能提供的需上传学历证书原件）', null, null, ''],
    ['身份证（需提供原件1份）', 1, null, 'original'],
    ['材料（即批准成立的文件原件和复印件）', null, null, 'original photocopy'],
    ['材料（与原单位解除的合同复印件）', null, null, 'photocopy'],
    ['十二份', 12, null, 'original'],
    ['0份', null, null, ''],
  ])('%s', (text, originals, photocopies, asks, inspectOnly = false) => {
    const counts = countsOf(text)
    expect({ ...counts, asks: counts.asks.join(' ') }).toMatchObject({
      originals,
      photocopies,
      asks,
      inspectOnly,
    })
  })
})

describe('what counts cannot say', () => {
  test.each([
    ['身份证的原件或复印件', { either: '原件或复印件' }],
    ['证件复印件或者原件', { either: '复印件或者原件' }],
    ['决定原件及其复印件3份', { joint: '原件及其复印件3份' }],
    ['一览表（原件及电子版1份）', { joint: '原件及电子版1份' }],
    ['审批表（一式三份；照片四张）', { uncounted: '照片四张' }],
    ['1寸照片2张', { bare: '2张' }],
    ['证据材料（副本1份）', { duplicate: '副本1份' }],
    ['证明（原件、复印件各一份，加盖公章）', {}],
    ['登记卡（如果档案不全，应提供原件或复印件）', {}],
  ])('%s', (text, said) => {
    const { bare, duplicate, joint, either, uncounted } = countsOf(text)
    const nothing = { bare: null, duplicate: null, joint: null, either: null, uncounted: null }
    expect({ bare, duplicate, joint, either, uncounted }).toEqual({ ...nothing, ...said })
  })
})

describe('conditions', () => {
  test.each<[string, string | null]>([
    ['属于职业病的，提供诊断证明书', '属于职业病的'],
    ['无委托人有效证件原件的需提供委托书原件', '无委托人有效证件原件的'],
    ['通过网上经办的还需填写电子版', '通过网上经办的'],
    ['死亡者需提交身份证', '死亡者'],
    ['疆外户籍人员需提供照片', '疆外户籍人员'],
    ['本人调档，需提供商调函', '本人调档'],
    ['在职职工死亡退付个人账户提供确认表', '在职职工死亡退付个人账户'],
    ['如参加“访惠聚”活动，受伤人提供文件', '参加“访惠聚”活动'],
    ['如由其他人员代办提供授权委托书', '由其他人员代办'],
    ['立项表（复印件1份，工作站博士后人员提供）', '工作站博士后人员'],
    ['授权委托书（有代理人则提供）', '有代理人'],
    ['考核表（非公企业可不需提供）', null],
    ['用人单位提供代码证', null],
    ['伤者本人提供手写材料', null],
    ['与业务相适应的设备清单', null],
    ['报名截止日期前需填报报名表', null],
    ['需调查内容的书面材料', null],
    ['银行需要的其它材料', null],
  ])('%s', (text, when) => {
    expect(conditionOf(text)).toBe(when)
  })
})

describe('kinds', () => {
  test.each<[string, 'document' | 'action' | 'note']>([
    ['无', 'note'],
    ['内部数据共享', 'note'],
    ['本人不得查阅本人的档案', 'note'],
    ['对移交的材料进行鉴别归档', 'note'],
    ['联系人：王某', 'note'],
    ['无需提供材料', 'note'],
    ['缴费', 'action'],
    ['缴费基数申报承诺书', 'document'],
    ['签订存档合同书', 'action'],
    ['拟签订的协议样本', 'document'],
    ['审核结清存档费用', 'action'],
    ['自行通过网站进行报名、缴费，无需现场办理', 'action'],
    ['身份证', 'document'],
  ])('%s', (text, kind) => {
    expect(kindOf(text)).toBe(kind)
  })
})

describe('numbering', () => {
  test.each<[string, string, number]>([
    ['1.甲', 'plain', 1],
    ['12、甲', 'plain', 12],
    ['１．甲', 'plain', 1],
    ['2. 甲', 'plain', 2],
    ['3)甲', 'half-bracket', 3],
    ['3）2张', 'half-bracket', 3],
    ['（1）甲', 'bracket', 1],
    ['十二、甲', 'chinese', 12],
    ['（三）甲', 'chinese-bracket', 3],
    ['②甲', 'circled', 2],
  ])('%s is a mark', (text, style, number) => {
    expect(readMark(text, 0)).toMatchObject({ style, number })
  })

  test.each([
    '1.5',
    '1、2',
    '2015.甲',
    '0.甲',
    '1.',
    '3）',
    '1.、甲',
    '一、二级',
    '（2015）甲',
    '十十、甲',
    '甲',
  ])('%s is none', (text) => {
    expect(readMark(text, 0)).toBeNull()
  })

  test.each<[string, number | null]>([
    ['7', 7],
    ['１２', 12],
    ['两', 2],
    ['十', 10],
    ['十五', 15],
    ['二十', 20],
    ['三十一', 31],
    ['', null],
    ['123', 123],
    ['12345', null],
    ['十十', null],
    ['二三', null],
  ])('%j is worth %s', (digits, value) => {
    expect(readNumber(digits)).toBe(value)
  })
})
