import type { IppAttributes, IppGroup, IppValue } from './message.ts'

const none: IppAttributes = new Map()

/** The attributes of the first group of a kind; none where there is no such group. */
export const groupOf = (groups: readonly IppGroup[], tag: number): IppAttributes =>
  groups.find((group) => group.tag === tag)?.attributes ?? none

const valuesOf = (attributes: IppAttributes, name: string): readonly IppValue[] => attributes.get(name) ?? []

/** The values of an attribute that are text of whatever kind. */
export const textsOf = (attributes: IppAttributes, name: string): readonly string[] =>
  valuesOf(attributes, name).flatMap((each) =>
    'value' in each && typeof each.value === 'string' ? [each.value] : [],
  )

/** The first value of an attribute where it is text; null otherwise. */
export const textOf = (attributes: IppAttributes, name: string): string | null =>
  textsOf(attributes, name)[0] ?? null

/** The values of an attribute that are whole numbers or enums. */
export const numbersOf = (attributes: IppAttributes, name: string): readonly number[] =>
  valuesOf(attributes, name).flatMap((each) =>
    'value' in each && typeof each.value === 'number' ? [each.value] : [],
  )

/** The first value of an attribute where it is a number; null otherwise. */
export const numberOf = (attributes: IppAttributes, name: string): number | null =>
  numbersOf(attributes, name)[0] ?? null

/** The first value of an attribute where it is true or false; null otherwise. */
export function flagOf(attributes: IppAttributes, name: string): boolean | null {
  const [value] = valuesOf(attributes, name)
  return value?.tag === 'boolean' ? value.value : null
}
