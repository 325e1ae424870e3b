import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { unbalancedBrackets } from '../../../data/intake/characters.ts'
import { isAbbreviation } from '../../../data/intake/clerk-services.ts'
import type { Finding } from '../../../data/intake/source.ts'
import { arrangeFindings } from '../../../data/intake/findings.ts'
import { ofRule } from './fields.ts'
import { guideText, importText, real } from './real-guide.ts'

// The whole guide is read many times; a busy machine is no fault.
vi.setConfig({ testTimeout: 60_000 })

/** True where a finding stands at the line or, told once for many, names it. */
const tells = (finding: Finding, line: number): boolean =>
  finding.line === line ||
  [...finding.message.matchAll(/第([\d、]+)行/g)].some((match) =>
    (match[1] ?? '').split('、').includes(String(line)),
  )

describe('the real guide', () => {
  test.each<[string, number, string, string]>([
    // rule, line, severity, words of the finding
    ['listing-numbering', 14, 'info', '公共服务事项'],
    ['title-dashes', 2, 'info', '─--'],
    ['title-trailing', 250, 'info', '注册安全工程师、'],
    ['title-halves', 321, 'info', '审批'],
    ['hours-colon', 304, 'warning', '1930'],
    ['hours-colon', 350, 'warning', '1930'],
    ['hours-label', 3501, 'info', '12333人工服务'],
    ['hours-office', 5645, 'warning', '自治区社保局'],
    ['hours-elsewhere', 3454, 'info', '合作银行'],
    ['phone-digits', 1184, 'warning', '368936'],
    ['phone-nearest', 1184, 'info', '0991-3689936'],
    ['phone-area-inherited', 440, 'info', '3689705'],
    ['phone-area-inherited', 5536, 'info', '15个'],
    ['place-owner', 525, 'info', '社会保险基金监督处'],
    ['place-owner', 5610, 'info', '信访办公室'],
    ['place-floor', 4340, 'warning', '职业技能鉴定中心'],
    ['place-room', 2339, 'warning', '13楼'],
    ['place-no-address', 3416, 'warning', '自治区社保局办事大厅'],
    ['place-no-address', 3508, 'warning', '自治区社保局办事大厅'],
    ['place-no-address', 3559, 'warning', '自治区社保局办事大厅'],
    ['place-no-address', 3606, 'warning', '自治区社保局办事大厅'],
    ['place-elsewhere', 3457, 'info', '营业网点'],
    ['place-unlisted', 3603, 'warning', '合作银行即时制卡网点'],
    ['place-unlisted', 5476, 'warning', '专技处'],
    ['place-building', 4786, 'warning', '南湖办公楼'],
    ['place-foreign', 3606, 'warning', '社会保障卡信息变更'],
    ['office-name', 1225, 'info', '区级机关事业单位管理中心'],
    ['office-name', 2536, 'info', '机关事业中心'],
    ['office-room', 2536, 'warning', '2楼201'],
    ['office-owner', 5498, 'info', '职称评价中心'],
    ['place-address', 307, 'info', '新市区'],
    ['field-empty', 3635, 'warning', '结果送达'],
    ['field-empty', 4246, 'warning', '结果送达'],
    ['field-misplaced', 4609, 'warning', '继续教育证书核发'],
    ['field-misplaced', 4700, 'warning', '不显示开放时间'],
    ['field-copied', 4372, 'warning', '即来即办'],
    ['heading-category', 5542, 'info', '行政审批'],
    ['heading-bracket', 734, 'info', '74'],
    ['brackets', 4578, 'warning', 'Default.aspx）'],
    ['numbering-start', 4654, 'info', '前面的2项'],
    ['numbering-start', 3418, 'info', '“2、”'],
    ['channel-none', 2366, 'info', '接受委托'],
    ['channel-none', 3879, 'info', '即时办理'],
    ['channel-place', 3670, 'warning', '网上办理'],
    ['limit-filing', 550, 'info', '申请办理'],
    ['limit-copied', 752, 'warning', '批准成立'],
    ['limit-contradiction', 4287, 'warning', '90天'],
    ['limit-contradiction', 4327, 'warning', '即来即办'],
    ['delivery-contradiction', 1470, 'warning', '当场送达'],
    ['fee-unclear', 4293, 'warning', '章程'],
    ['fee-unclear', 4333, 'warning', '482号'],
    ['fee-amount', 4606, 'warning', '评审费用'],
    ['fee-contradiction', 4740, 'warning', '未曾收费'],
    ['fee-action', 4321, 'warning', '缴费'],
    ['materials-merged', 1873, 'warning', '1956'],
    ['materials-same', 2901, 'info', '2942'],
    ['materials-steps', 4319, 'info', '安排表'],
    ['materials-act', 4403, 'warning', '不再补发证书'],
    ['materials-title', 1674, 'warning', '丧葬费'],
    ['material-condition', 5630, 'warning', '有代理人则提供'],
    ['material-numbering-start', 2054, 'info', '前面的2项'],
    ['material-numbering-start', 4640, 'info', '前面的6项'],
    ['material-numbering-start', 5630, 'info', '“法人申请”前缺“一、”'],
    ['material-reference', 1589, 'warning', '另一事项'],
    ['material-reference-above', 418, 'info', '本栏前面'],
    ['material-either', 3626, 'info', '原件或复印件'],
    ['material-either', 4235, 'info', '原件或复印件'],
    ['material-count', 3955, 'info', '电子版'],
    ['material-count', 5629, 'info', '原件的份数不明'],
    ['material-uncounted', 1417, 'info', '照片四张'],
    ['material-joined', 3304, 'info', '3行'],
    ['material-split', 5629, 'info', '已分开'],
    ['paper-online', 4643, 'warning', '纸质版上报材料'],
    ['brief-same', 1197, 'info', '2140'],
    ['acceptance-day-31', 832, 'warning', '30日'],
    ['acceptance-last-day', 1304, 'info', '25日'],
    ['acceptance-several', 1255, 'warning', '1—15日'],
    ['acceptance-in-limit', 1168, 'info', '11个事项'],
    ['website-scheme', 3665, 'info', 'www.xjrc365.com'],
    ['website-port', 3916, 'info', '19900'],
    ['website-address', 4319, 'info', '多元考务平台'],
    ['punctuation', 1996, 'info', '半角'],
    ['punctuation', 3929, 'info', '19：30'],
    ['punctuation', 5671, 'info', '；'],
    ['wording-meaning', 584, 'warning', '许可性'],
    ['wording-meaning', 457, 'warning', '自由办公场所'],
    ['wording', 457, 'info', '拟于'],
    ['wording', 498, 'info', '帐户'],
    ['wording', 550, 'info', '之日起'],
    ['wording', 2013, 'info', '表表'],
    ['wording', 2229, 'info', '撤消'],
    ['wording-meaning', 2277, 'warning', '调节书'],
    ['wording', 3665, 'info', '登陆'],
    ['wording-meaning', 2288, 'warning', '没有写明从何时算起'],
    ['wording-meaning', 5597, 'warning', '没有写“日”一类的单位'],
  ])('%s at line %i', (rule, line, severity, words) => {
    const found = ofRule(real.findings, rule).filter((finding) => tells(finding, line))
    expect(found.map((finding) => finding.severity)).toContain(severity)
    expect(found.map(({ message, text }) => `${message} ${text}`).join('\n')).toContain(words)
  })

  test('every hour, empty field and missing digit a person found is told', () => {
    const table = readFileSync(join(import.meta.dirname, 'expected/defects.txt'), 'utf8').split('\n')
    const rows = table
      .map((line) => line.split(' | '))
      .filter(([, , kind]) => kind === 'hours' || kind === 'empty')
    expect(rows.length).toBeGreaterThan(15)
    for (const [line = ''] of rows) {
      expect(
        real.findings.some((finding) => tells(finding, Number(line))),
        `line ${line}`,
      ).toBe(true)
    }
  })

  test('findings come in the order of their lines', () => {
    const lines = real.findings.map(({ line }) => line ?? 0)
    expect(lines).toEqual([...lines].sort((a, b) => a - b))
  })

  test('only the findings that tell of spellings list them instead of quoting', () => {
    const listing = real.findings.filter(({ variants }) => variants === true)
    expect(listing.map(({ rule }) => rule)).toEqual(['title-dashes', 'hours-dash', 'phone-dash'])
  })

  test('one rule, one severity', () => {
    const severities = Map.groupBy(real.findings, ({ rule }) => rule)
    const mixed = [...severities].filter(([, all]) => new Set(all.map(({ severity }) => severity)).size > 1)
    expect(mixed.map(([rule]) => rule)).toEqual([])
  })

  test.each<[string, number, readonly string[]]>([
    // what was once told twice or more, and at which line: the rules that tell of it now
    ['a place without its department', 525, ['place-owner']],
    ['a platform without its address, in two fields', 588, []],
    ['an office on a floor without a room', 2536, ['office-name', 'office-room']],
    ['numbers left out before 3）', 2052, []],
    ['one address in two fields', 3744, ['website-scheme', 'wording']],
    ['numbers left out before 7.', 4634, ['website-address']],
    ['a charge in place of hours', 4609, ['field-misplaced']],
    ['a site of examinations', 4808, ['channel-place']],
    ['its delivery', 4814, ['wording']],
    ['paper for a service done online', 4643, ['paper-online', 'website-address']],
    ['a place with an area and no department', 5610, ['place-owner']],
    // what is no fault
    ['another office’s plan', 1171, []],
    ['whom a service is for', 2591, []],
    ['an office and its market', 3689, []],
    ['an office and its clerk', 3858, []],
    ['an office in two rooms, each with its telephone', 3932, []],
  ])('%s at line %i', (_, line, rules) => {
    const all = real.findings.filter((finding) => finding.line === line).map(({ rule }) => rule)
    expect([...new Set(all)].sort()).toEqual([...rules].sort())
  })

  test('no service is shown wrong for a reason the intake knows of', () => {
    expect(real.findings.filter(({ severity }) => severity === 'error')).toEqual([])
  })
})

describe('changes a clerk would notice', () => {
  const changed = (from: string, to: string): Finding[] => {
    expect(guideText).toContain(from)
    return importText(guideText.replace(from, to)).findings
  }

  test.each<[string, string, string, string]>([
    ['an empty list of materials', '\t内部数据共享\n', '\t\n', 'field-empty'],
    [
      'an address without its building',
      '北京南路445号人力资源社会保障厅6楼618室',
      '6楼618室',
      'place-building',
    ],
    ['an unknown address', '乌鲁木齐市南湖东路25号13楼', '乌鲁木齐市友好路8号13楼', 'place-unknown-building'],
    ['a season left out', '（冬季）16:00--1930（夏季）', '（冬季）', 'hours-season'],
    [
      'hours the wrong way round',
      '上午10:00—13:30、下午15:30--19:00',
      '上午13:30—10:00、下午15:30--19:00',
      'hours-range',
    ],
    ['a longer number', '0991—3689687（职业能力建设处）', '0991—368968788（职业能力建设处）', 'phone-digits'],
    ['a number of two offices', '0991—3689695（就业促进处）', '0991—3689687（就业促进处）', 'phone-owners'],
    [
      'an office in two rooms, and no telephone to tell which',
      '电话查询0991—3689697（事业单位人事管理处）',
      '现场咨询',
      'office-room',
    ],
    [
      'a suspension asked of a revival',
      '\t企业离退休人员减少（续发）表',
      '\t恢复待遇申请表',
      'materials-act',
    ],
    ['paper for an examination', '无需现场办理', '并提交报名表（原件1份）', 'paper-online'],
    ['a fee of two minds', '\t不收费', '\t不收费，工本费10元', 'fee-contradiction'],
    ['fax without a number', '\t现场办理', '\t现场办理或传真', 'channel-address'],
  ])('%s', (_, from, to, rule) => {
    const count = (findings: readonly Finding[]): number => ofRule(findings, rule).length
    expect(count(changed(from, to))).toBe(count(real.findings) + 1)
  })

  test('a field that is gone', () => {
    const findings = changed('\t办理材料\n\t1.学校申办高级技工学校', '\t1.学校申办高级技工学校')
    expect(ofRule(findings, 'field-missing')).toMatchObject([{ severity: 'error', field: '办理材料' }])
  })
})

describe('helpers', () => {
  test.each([
    ['（a）', []],
    ['（a', [0]],
    ['a）', [1]],
    ['(a）', []],
    ['1）甲\n2）乙', []],
    ['《甲（乙》）', [4]],
    ['“甲', [0]],
  ])('brackets of %j', (text, lone) => {
    const found = unbalancedBrackets(text)
    if (lone.length === 0) expect(found).toEqual([])
    else expect(found).toContain(lone[0])
  })

  test.each([
    ['机关事业中心', '区级机关事业单位社会保险基金管理中心', true],
    ['区级机关事业单位管理中心', '区级机关事业单位社会保险基金管理中心', true],
    ['养老保险处', '失业保险处', false],
    ['中心', '管理中心', false],
    ['管理中心甲', '管理中心甲', false],
  ])('%s of %s: %s', (short, long, expected) => {
    expect(isAbbreviation(short, long)).toBe(expected)
  })

  const finding = (line: number, severity: Finding['severity'] = 'info'): Finding => ({
    severity,
    rule: 'r',
    line,
    service: `第${String(line)}项`,
    field: null,
    message: '一样。',
    text: '一样',
  })

  test('the same slip in many services is told once, naming every line', () => {
    const [first, ...others] = arrangeFindings([9, 3, 5, 7].map((line) => finding(line)))
    expect(others).toEqual([])
    expect(first).toMatchObject({ line: 3, message: '一样。（另有3处相同：第5、7、9行）' })
  })

  test('a routine note is told once, however few its lines', () => {
    const notes = [7, 3].map((line) => ({ ...finding(line), rule: 'material-split', text: String(line) }))
    expect(arrangeFindings(notes)).toMatchObject([
      { line: 3, service: null, text: '3', message: '有2行写了不止一项（第3、7行），已分开。' },
    ])
    expect(arrangeFindings(notes.slice(0, 1))).toEqual(notes.slice(0, 1))
  })

  test('what another finding says as well is left out in that field and service alone', () => {
    const gap = { ...finding(3), rule: 'place-room' }
    const whole = { ...finding(3), rule: 'office-room' }
    expect(arrangeFindings([gap, whole])).toEqual([whole])
    const other = { ...gap, service: '另一项' }
    expect(arrangeFindings([other, whole])).toEqual([whole, other])
  })

  test('in few services, or as an error, each is told', () => {
    expect(arrangeFindings([5, 3, 4].map((line) => finding(line))).map(({ line }) => line)).toEqual([3, 4, 5])
    expect(arrangeFindings([5, 3, 4, 6].map((line) => finding(line, 'error')))).toHaveLength(4)
  })
})
