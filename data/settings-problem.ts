import * as v from 'valibot'

/** What is wrong with a settings file, and in which line of it; staff are shown `text`. */
export const settingsProblemSchema = v.object({
  kind: v.picklist([
    'unreadable',
    'encoding',
    'syntax',
    'not-settings',
    'unknown-key',
    'twice',
    'wrong-value',
  ]),
  /** From 1; null where it is about the whole file. */
  line: v.nullable(v.number()),
  key: v.nullable(v.string()),
  text: v.object({ 'zh-CN': v.string(), en: v.string() }),
})

export type SettingsProblem = v.InferOutput<typeof settingsProblemSchema>
