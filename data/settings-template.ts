import { guideOf, settingsKeys } from './settings-guide.ts'
import { usualSettings } from './settings.ts'
import { valueAt } from './settings-words.ts'

/** A settings file in which nothing is set: every key stands behind `//`, with what it is for and its usual value. */
export function settingsTemplate(): string {
  const sections = new Set(
    settingsKeys.flatMap((key) => (key.includes('.') ? [key.replace(/\..*/u, '')] : [])),
  )
  const lines = settingsKeys.flatMap((key) => {
    const guide = guideOf(key)
    const usual = JSON.stringify(valueAt(usualSettings, key.split('.')))
    if (guide === null) return []
    if (sections.has(key)) {
      const inner = settingsKeys.filter((other) => other.startsWith(`${key}.`))
      return [
        `  // ${guide.for['zh-CN']}`,
        `  "${key}": {`,
        ...inner.flatMap((name) => {
          const own = guideOf(name)
          const value = JSON.stringify(valueAt(usualSettings, name.split('.')))
          if (own === null) return []
          return [
            `    // ${own.for['zh-CN']}：${own.takes['zh-CN']}`,
            `    // "${name.slice(key.length + 1)}": ${value},`,
          ]
        }),
        '  },',
      ]
    }
    if (key.includes('.')) return []
    return [`  // ${guide.for['zh-CN']}：${guide.takes['zh-CN']}`, `  // "${key}": ${usual},`]
  })
  return [
    '// 本机设置。去掉一行前面的 // 就起作用；没有写的都是默认值。改完后重新启动本机。',
    '// Settings of this kiosk. Remove the // before a line to set it; restart the kiosk afterwards.',
    '{',
    ...lines,
    '}',
    '',
  ].join('\n')
}
