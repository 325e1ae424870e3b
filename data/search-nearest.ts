import type { Service } from './catalogue.ts'

/** What is said of any errand and so says nothing about which. */
const ofAnyErrand =
  /怎么|如何|哪里|在哪|哪儿|什么|多少|我要|我想|想要|需要|办理|申请|手续|问题|[的了吗呢办我要想]/gu

/** The most services offered. */
const most = 6

/** Offered only what shares at least this much of what the nearest shares. */
const ofNearest = 0.5

/**
 * Services near a Chinese query that is found nowhere: those that share most of its characters and pairs of
 * characters, rare ones counting more. At least one pair: a character alone says too little, and 护照 is no
 * nearer to 账户维护 for its 护.
 */
export function createNearest(services: readonly Service[]): (wanted: string) => readonly Service[] {
  let index: ReadonlyMap<string, ReadonlySet<number>> | null = null

  return (wanted) => {
    const parts = wanted.split(ofAnyErrand).flatMap((part) => part.match(/\p{Script=Han}+/gu) ?? [])
    const grams = new Set(parts.flatMap((part) => [...characters(part), ...pairs(part)]))
    index ??= indexOf(services)
    const weights = new Map<number, number>()
    const sharing = new Set<number>()
    for (const gram of grams) {
      const having = index.get(gram) ?? new Set()
      for (const service of having) {
        weights.set(service, (weights.get(service) ?? 0) + Math.log(1 + services.length / having.size))
        if (!isCharacter(gram)) sharing.add(service)
      }
    }
    const near = [...weights].filter(([service]) => sharing.has(service))
    const highest = Math.max(0, ...near.map(([, weight]) => weight))
    return near
      .filter(([, weight]) => weight >= highest * ofNearest)
      .sort(([a, weightOfA], [b, weightOfB]) => weightOfB - weightOfA || a - b)
      .slice(0, most)
      .flatMap(([service]) => services[service] ?? [])
  }
}

/** Which services have a character, or two one after the other, in their title or an everyday word for them. */
function indexOf(services: readonly Service[]): ReadonlyMap<string, ReadonlySet<number>> {
  const index = new Map<string, Set<number>>()
  services.forEach(({ title, synonyms }, service) => {
    for (const text of [title, ...synonyms.map((synonym) => synonym.text)]) {
      for (const gram of [...characters(text), ...pairs(text)]) {
        const having = index.get(gram)
        if (having) having.add(service)
        else index.set(gram, new Set([service]))
      }
    }
  })
  return index
}

const characters = (text: string): readonly string[] => [...text].filter(isCharacter)
const pairs = (text: string): readonly string[] =>
  [...text].flatMap((char, at, all) => (at > 0 ? `${all[at - 1] ?? ''}${char}` : []))
const isCharacter = (gram: string): boolean => /^\p{Script=Han}$/u.test(gram)
