import { runsOf, type Step } from '../../data/directions.ts'
import { assertNever } from '../../data/errors.ts'
import type { OtherWay } from '../../data/other-way.ts'

/** A sentence of the way, and what stands below it. */
export type Sentence = { readonly text: string; readonly details: readonly string[] }

/** How things are said: the interface's words, and names in the visitor's language. */
export type Speech = {
  readonly t: (key: string, named?: Readonly<Record<string, string | number>>) => string
  readonly named: (official: string) => string
}

/** A step in words. `here`: the floor the visitor stands on; null where the way leads through another house. */
export function stepInWords(step: Step, { t, named }: Speech, here: number | null): Sentence {
  const list = (names: readonly string[]) => names.map(named).join(t('service.listJoin'))
  const placed = (name: string, where: string | null) =>
    where === null ? named(name) : t('way.placed', { name: named(name), where: named(where) })
  const seen = ({ floor, landmarks }: { readonly floor: number; readonly landmarks: readonly string[] }) =>
    landmarks.length === 0 ? [] : [t('way.landmarks', { floor, names: list(landmarks) })]
  const given = (key: string, words: string | null) =>
    words === null ? [] : [t(key, { place: named(words) })]

  switch (step.kind) {
    case 'go-to-building': {
      const { name, address } = step.building
      const entrance = step.entrance && placed(step.entrance.name, step.entrance.where)
      return {
        text: t('way.goBuilding', { name: named(name) }),
        details: [t('way.address', { address: named(address) }), ...given('way.entrance', entrance)],
      }
    }
    case 'ask-building':
      return { text: t('way.askBuilding'), details: [t('way.askBuildingDetail', { text: step.text })] }
    case 'call-first': {
      const checks = step.checks.map((check) => t(`way.check.${check}`)).join(t('service.listJoin'))
      return { text: t('way.call', { phone: step.phone }), details: [t('way.callChecks', { checks })] }
    }
    case 'ask-step-free':
      return {
        text: t('way.askStepFree'),
        details: [t('way.askStepFreeDetail'), ...given('way.staff', step.place)],
      }
    case 'turn':
      return { text: t(`way.turn.${step.to}`), details: [] }
    case 'go-to-floor':
      return { text: t(floorWords(step.floor, here), { floor: step.floor }), details: seen(step) }
    case 'stay-on-floor':
      return { text: t('way.hereFloor', { floor: step.floor }), details: seen(step) }
    case 'take-lift':
    case 'take-stairs':
      return {
        text: t(`way.take.${step.kind === 'take-lift' ? 'lift' : 'stairs'}`, {
          name: named(step.name),
          floor: step.floor,
        }),
        details: [...given('way.at', step.where), ...seen(step)],
      }
    case 'find-room':
      return {
        text: t('way.findRoom', { rooms: runsOf(step.rooms, 3).join(t('service.listJoin')) }),
        details: [
          ...given('way.at', step.area === null ? step.where : placed(step.area, step.where)),
          t('way.findRoomDetail'),
        ],
      }
    case 'find-counter':
      return {
        text: t('way.counter', { numbers: runsOf(step.counters).join(t('service.listJoin')) }),
        details: step.area === null ? [] : [t('way.counterArea', { area: named(step.area) })],
      }
    case 'find-area':
      return {
        text: t('way.findArea', { area: named(step.area) }),
        details: [
          ...given('way.at', step.where),
          ...(step.department === null ? [] : [t('way.askRoom', { department: named(step.department) })]),
          t('way.askRoomDetail'),
        ],
      }
    case 'ask-floor':
      return {
        text:
          step.department === null
            ? t('way.askFloor')
            : t('way.askFloorOf', { department: named(step.department) }),
        details: [t('way.askFloorDetail')],
      }
    case 'ask-room':
      return {
        text:
          step.department === null
            ? t('way.askRoomAny')
            : t('way.askRoom', { department: named(step.department) }),
        details: [t('way.askRoomDetail')],
      }
    case 'say':
      return { text: t('way.say', { service: step.service }), details: [] }
    default:
      return assertNever(step)
  }
}

/** What to do where the guide names no door, in words. */
export function otherWayInWords(way: OtherWay, { t }: Speech): Sentence {
  const text = t(`way.kind.${way.kind}`)
  const guide = t('way.elsewhereDetail', { text: way.text })
  switch (way.kind) {
    case 'elsewhere':
      return { text, details: [guide] }
    case 'online': {
      const addresses = way.websites.flatMap(({ name, url }) =>
        url === null ? [] : [name === null ? url : `${name} ${url}`],
      )
      return { text, details: [guide, ...addresses] }
    }
    case 'phone': {
      const numbers = way.numbers.join(t('service.listJoin'))
      return { text, details: way.numbers.length === 0 ? [guide] : [guide, t('way.dial', { numbers })] }
    }
    default:
      return assertNever(way)
  }
}

function floorWords(floor: number, here: number | null): string {
  if (here === null) return 'way.goFloorOther'
  return floor > here ? 'way.goFloor' : 'way.goFloorDown'
}
