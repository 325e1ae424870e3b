import type { Phone, Place, Service, Website } from './catalogue.ts'

/** The number to ring with a question about a service; null where the guide gives none that can be right. */
export function enquiryPhone({ phones }: { readonly phones: readonly Phone[] }): string | null {
  return phones.find(({ use, plausible }) => use === 'enquiry' && plausible)?.number ?? null
}

/** How a service is got at where the guide names no door: the channel that works, with the guide's words. */
export type OtherWay =
  | { readonly kind: 'elsewhere'; readonly text: string }
  /** `websites`: those of the service that the place names; an app or a public account is none. */
  | { readonly kind: 'online'; readonly websites: readonly Website[]; readonly text: string }
  /** `numbers`: those the place names, else all for enquiries. */
  | { readonly kind: 'phone'; readonly numbers: readonly string[]; readonly text: string }

/** What to do where a place is no door in a building; null where it is one. */
export function otherWay(place: Place, service: Pick<Service, 'phones' | 'websites'>): OtherWay | null {
  const { kind, text } = place
  switch (kind) {
    case 'site':
      return null
    case 'elsewhere':
      return { kind, text }
    case 'online': {
      const names = ({ name, url }: Website) =>
        [name, url].some((each) => each !== null && text.includes(each))
      return { kind, text, websites: firstOfEach(service.websites.filter(names)) }
    }
    case 'phone': {
      const numbers = service.phones
        .filter(({ use, plausible }) => use === 'enquiry' && plausible)
        .map(({ number }) => number)
      const named = numbers.filter((number) => text.includes(number))
      return { kind, text, numbers: [...new Set(named.length > 0 ? named : numbers)] }
    }
  }
}

/** A website once, though several fields of the guide name it. */
function firstOfEach(websites: readonly Website[]): readonly Website[] {
  const same = (a: Website, b: Website) => a.url === b.url && a.name === b.name
  return websites.filter((site, index) => websites.findIndex((other) => same(site, other)) === index)
}
