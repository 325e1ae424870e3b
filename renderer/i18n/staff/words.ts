import type { staffZhCN } from './zh-CN.ts'

type Leaves<T> = { readonly [K in keyof T]: T[K] extends string ? string : Leaves<T[K]> }

/** The shape the staff's words have in every language: that of the Chinese ones. */
export type StaffWords = Leaves<typeof staffZhCN>
