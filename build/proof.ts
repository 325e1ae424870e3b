import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { createPinia } from 'pinia'
import { createSSRApp, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import type { Service } from '../data/catalogue.ts'
import { isHere, stepsTo } from '../data/directions.ts'
import { otherWay } from '../data/other-way.ts'
import { standAt } from '../data/site.ts'
import { otherWayInWords, stepInWords } from '../renderer/composables/step-words.ts'
import { useText } from '../renderer/composables/use-text.ts'
import { useWords } from '../renderer/composables/use-words.ts'
import { i18n } from '../renderer/i18n/index.ts'
import { readShippedGuide } from './intake.ts'

/**
 * Writes one table of every service as the kiosk will say it, beside the guide's own words, for staff to
 * proof-read: `npm run proof [-- FILE]`.
 */
const out = resolve(process.argv[2] ?? 'dist/proof.html')
const { catalogue, findings, site: file } = readShippedGuide()
const site = standAt(file, null)

const severities = { error: '错误', warning: '请核对', info: '备注' }
const columns = [
  '序号',
  '事项',
  '地点（指南原文）',
  '怎么走',
  '办事时间（指南原文）',
  '工作时段',
  '受理日',
  '提示',
]

/** One row: the words come out of the same functions as on the screen. */
const Proof = {
  setup() {
    const { t } = useText()
    const { hoursLines, acceptanceLine } = useWords()
    const speech = { t, named: (text: string) => text }

    function wayLines(service: Service): readonly string[] {
      return service.places.flatMap((place, index) => {
        const steps = stepsTo(place, site, service)
        const here = isHere(place, site) ? site.kiosk.floor : null
        const other = otherWay(place, service)
        const sentences = other
          ? [otherWayInWords(other, speech)]
          : steps.map((step) => stepInWords(step, speech, here))
        const head = service.places.length > 1 ? [`〔${index + 1}〕${place.purpose ?? ''}`] : []
        return [...head, ...sentences.map(({ text, details }) => [text, ...details].join('　'))]
      })
    }

    const rows = catalogue.services.map((service, index) => [
      [String(index + 1)],
      [service.title],
      [service.fields.办理机构及地点],
      wayLines(service),
      [service.fields.办事时间],
      hoursLines(service.hours),
      [acceptanceLine(service) ?? '全月'],
      findings
        .filter((finding) => finding.service === service.title)
        .map(({ severity, field, message }) => `${severities[severity]}　${field ?? ''}　${message}`),
    ])
    return () =>
      h('table', [
        h(
          'thead',
          h(
            'tr',
            columns.map((column) => h('th', column)),
          ),
        ),
        h(
          'tbody',
          rows.map((row) =>
            h(
              'tr',
              row.map((lines) =>
                h(
                  'td',
                  lines.map((line) => h('p', line)),
                ),
              ),
            ),
          ),
        ),
      ])
  },
}

const table = await renderToString(createSSRApp(Proof).use(createPinia()).use(i18n))
const style =
  'body{font-family:sans-serif;font-size:11px}table{border-collapse:collapse}td,th{border:1px solid #999;padding:3px 5px;vertical-align:top;text-align:left}p{margin:0 0 2px;white-space:pre-line}'
await mkdir(dirname(out), { recursive: true })
await writeFile(
  out,
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>校对表 ${catalogue.edition}</title><style>${style}</style><h1>校对表　内容版本 ${catalogue.edition}，共 ${catalogue.services.length} 项</h1>${table}</html>\n`,
)
console.log(`${out}: ${catalogue.services.length} services`)
