import type { Service } from './catalogue.ts'

/** True where the guide says what a service costs: that it is free, or a sum in yuan. */
export function namesAmount({ fee }: Pick<Service, 'fee'>): boolean {
  return fee.free === true || /\d+(?:\.\d+)?元/u.test(fee.text)
}
