import type { zhCN } from './zh-CN.ts'

type Leaves<T> = { readonly [K in keyof T]: T[K] extends string ? string : Leaves<T[K]> }

/** The shape every language's words have: that of the Chinese ones. */
export type Words = Leaves<typeof zhCN>
