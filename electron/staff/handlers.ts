import type { Handlers } from '../../data/contract.ts'
import { KioskError } from '../../data/errors.ts'
import type { LogLine } from '../../data/log-line.ts'
import type { PrintReply } from '../../data/printing.ts'
import type { SettingsPatch, SettingsReply, staffContract, StaffSettings } from '../../data/staff.ts'
import type { Kiosk } from '../../data/site.ts'
import type { ApproveReply, TakeAwayReply } from '../../data/updates.ts'
import type { Content } from '../content-checks.ts'
import type { EditionStore } from '../editions/editions.ts'
import type { PrinterControl } from '../printing/printer-control.ts'
import { changed, type SettingsKeeper } from './settings-keeper.ts'
import type { Taking } from '../sticks/export.ts'
import type { FoundStick } from '../sticks/stick-source.ts'
import type { StaffDoor } from './staff-door.ts'
import type { UpdateDesk } from './update-desk.ts'

export type StaffParts = {
  /** null: the PINs cannot be read, so nobody comes in. */
  readonly door: StaffDoor | null
  readonly settings: SettingsKeeper
  readonly content: () => Promise<Content>
  /** Every kiosk of site.json. */
  readonly kiosks: () => Promise<readonly Kiosk[]>
  readonly printing: Pick<PrinterControl, 'report' | 'find' | 'use'>
  /** The latest lines of the log, the newest first. */
  readonly readLog: (most: number) => readonly LogLine[]
  /** Prints the slip of the catalogue's first service. */
  readonly printTestPage: () => Promise<PrintReply>
  /** Prints the staff's guide. */
  readonly printGuide: () => Promise<PrintReply>
  readonly editions: EditionStore
  /** null only where the door is. */
  readonly updates: UpdateDesk | null
  readonly takeAway: (stick: FoundStick, wanted: readonly Taking[]) => Promise<TakeAwayReply>
}

type Refused = Extract<SettingsReply, { kind: 'refused' }>

/** How many entries of the log one look shows. */
const entriesAtOnce = 50

type StaffHandlers = Pick<Handlers, keyof typeof staffContract>

/** The handlers of the staff's part of the contract: each asks the door first. */
export function createStaffHandlers(parts: StaffParts): StaffHandlers {
  const { settings, printing } = parts

  function door(): StaffDoor {
    if (parts.door) return parts.door
    throw new KioskError('not-allowed', 'The staff PINs cannot be read')
  }
  /** The door, where somebody has come in; throws `not-allowed`. */
  function inside(only?: 'it'): StaffDoor {
    const open = door()
    open.session.demand(only)
    return open
  }
  /** The same for what a touch brings about, which keeps the session alive. */
  function acting(only?: 'it'): StaffDoor {
    const open = inside(only)
    open.session.stay()
    return open
  }

  /** The panel and the paper are asked for anew whenever they matter; a printer has to be exchanged. */
  function usePrinter({ printer, paper }: StaffSettings, patch: SettingsPatch): Refused | null {
    if (patch.printer === undefined && patch.paper === undefined) return null
    const choice = printing.use(printer, paper)
    if (choice.kind === 'chosen') return null
    return { kind: 'refused', problem: choice.kind, detail: choice.kind === 'busy' ? '' : choice.why }
  }

  function updates(): UpdateDesk {
    acting()
    if (parts.updates) return parts.updates
    throw new KioskError('not-allowed', 'The staff PINs cannot be read')
  }

  async function approve(id: string, acknowledged: number, pin: string): Promise<ApproveReply> {
    const desk = updates()
    if (!desk.isLookedAt(id, acknowledged)) return { kind: 'look-again' }
    const { confirm, session } = inside()
    const confirmed = await confirm(pin)
    return confirmed.kind === 'right' ? desk.approve(id, session.demand()) : confirmed
  }

  async function takeAway(id: string, wanted: readonly Taking[]): Promise<TakeAwayReply> {
    const stick = updates().stick(id)
    if (!stick) return { kind: 'gone' }
    const reply = await parts.takeAway(stick, wanted)
    const { audit, session } = inside()
    if (reply.kind === 'written')
      audit.write({ role: session.role(), deed: 'taken-away', details: [...reply.files] })
    return reply
  }

  async function change(patch: SettingsPatch): Promise<SettingsReply> {
    const { audit, session } = acting('it')
    const before = settings.read()
    const refused = usePrinter(changed(before, patch), patch)
    if (refused) return refused
    const notKept = settings.change(patch)
    if (notKept !== null) {
      usePrinter(before, patch)
      return { kind: 'refused', problem: 'not-kept', detail: notKept }
    }
    audit.write({ role: session.role(), deed: 'settings-changed', details: detailsOf(patch) })
    return { kind: 'done', afterRestart: patch.kiosk !== undefined && patch.kiosk !== before.kiosk }
  }

  return {
    'get-staff-door': async () => parts.door?.look() ?? { state: 'closed', wait: { 'front-desk': 0, it: 0 } },
    'set-up-staff': (pins) => door().setUp(pins),
    'enter-staff': ({ role, pin }) => door().enter(role, pin),
    'staff-stay': async () => {
      acting()
      return {}
    },
    'leave-staff': async () => {
      parts.door?.leave()
      parts.updates?.forget()
      return {}
    },
    'staff-get-overview': async () => {
      const { session, wrongSince } = inside()
      return { role: session.demand(), wrongSince: wrongSince() }
    },
    'staff-change-pin': ({ role, own, next }) => acting().changePin(role, own, next),
    'staff-get-audit': async ({ before }) => inside().audit.page(before, entriesAtOnce),
    'staff-get-log': async ({ most }) => {
      inside()
      return { lines: [...parts.readLog(most)] }
    },
    'staff-get-printing': async () => {
      inside()
      const { site } = await parts.content()
      return printing.report(site.timeZone)
    },
    'staff-find-printers': async () => {
      acting()
      return printing.find()
    },
    'staff-test-printer': async () => {
      const { audit, session } = acting()
      const reply = await parts.printTestPage()
      const { printer, paper } = settings.read()
      audit.write({ role: session.role(), deed: 'printer-tested', details: [printer, paper] })
      return reply
    },
    'staff-print-guide': async () => {
      const { audit, session } = acting()
      const role = session.demand()
      const reply = await parts.printGuide()
      const { printer, paper } = settings.read()
      if (reply.kind === 'job') audit.write({ role, deed: 'guide-sent', details: [printer, paper] })
      return reply
    },
    'staff-get-settings': async () => {
      inside()
      const { site } = await parts.content()
      const kiosks = (await parts.kiosks()).map(({ id, name, building, floor }) => ({
        id,
        name,
        building: site.buildings.find((known) => known.id === building)?.name ?? building,
        floor,
      }))
      return { settings: settings.read(), kiosks, kioskInForce: site.kiosk.id }
    },
    'staff-change-settings': change,
    'staff-get-sticks': async () => {
      inside()
      return parts.updates?.sticks() ?? []
    },
    'staff-read-offer': async ({ stick, paths }) => updates().read(stick, paths),
    'staff-see-offer': async ({ id }) => {
      const content = updates().contentLookedAt(id)
      if (!content) throw new KioskError('not-found', 'That edition is not being looked at any more')
      return content
    },
    'staff-approve': async ({ id, acknowledged, pin }) => approve(id, acknowledged, pin),
    'staff-get-editions': async () => {
      inside()
      return [...(await parts.editions.list())]
    },
    'staff-roll-back': async ({ id }) => updates().rollBack(id, inside().session.demand()),
    'staff-take-away': async ({ stick, wanted }) => takeAway(stick, wanted),
  }
}

function detailsOf({ kiosk, panel, printer, paper }: SettingsPatch): readonly string[] {
  const screen = panel && `${panel.diagonal}″, ${panel.lowerEdge} mm`
  return [kiosk, screen, printer, paper].filter((detail) => typeof detail === 'string')
}
