import * as v from 'valibot'
import { logLineSchema } from './log-line.ts'
import { panelSchema } from './physical-size.ts'
import { printerKinds, printingReportSchema, printReplySchema } from './printing.ts'
import { paperNames } from './slip.ts'
import { lockedOutSchema, pinSchema, wrongPinSchema } from './staff-pins.ts'
import { updateContract } from './updates.ts'

/** Who staff are at this kiosk: the front desk keeps its content and its printer going, IT sets it up. */
export const roles = ['front-desk', 'it'] as const

export type Role = (typeof roles)[number]

export const roleSchema = v.picklist(roles)

/** Seconds without a touch after which staff are logged out. */
export const staffIdle = 120

/** What is known of the door before anybody has come in. */
export const doorSchema = v.object({
  /** `closed`: the PINs cannot be read, so nobody comes in; `first-start`: there are none yet. */
  state: v.picklist(['first-start', 'ready', 'closed']),
  /** Seconds until a PIN of this role is taken again; 0: now. */
  wait: v.object({ 'front-desk': v.number(), it: v.number() }),
})

export type Door = v.InferOutput<typeof doorSchema>

/** What comes of a PIN. */
export const pinReplySchema = v.variant('kind', [
  v.object({ kind: v.literal('right') }),
  wrongPinSchema,
  lockedOutSchema,
])

export type PinReply = v.InferOutput<typeof pinReplySchema>

/** Why a new PIN is not taken. */
export const pinProblems = ['too-simple', 'same-as-other', 'set-already'] as const

export const newPinReplySchema = v.variant('kind', [
  v.object({ kind: v.literal('done') }),
  v.object({ kind: v.literal('refused'), problem: v.picklist(pinProblems) }),
  wrongPinSchema,
  lockedOutSchema,
])

export type NewPinReply = v.InferOutput<typeof newPinReplySchema>

/** What staff can have done; each has words in the staff's log. */
export const deeds = [
  'edition-installed',
  'edition-refused',
  'edition-rolled-back',
  'guide-sent',
  'logged-in',
  'logged-out',
  'pin-changed',
  'pins-removed',
  'printer-tested',
  'set-up',
  'settings-changed',
  'shut-out',
  'taken-away',
  'timed-out',
  'unlocked',
  'wrong-pin',
] as const

export type Deed = (typeof deeds)[number]

/** One line of the staff's log; nothing is ever changed or taken out of it. */
export const auditEntrySchema = v.object({
  /** From 1 without a gap. */
  number: v.number(),
  /** By the kiosk's clock, ISO 8601 in UTC. */
  at: v.pipe(v.string(), v.isoTimestamp()),
  /** null: at the machine itself, or nobody known. */
  role: v.nullable(roleSchema),
  deed: v.picklist(deeds),
  /** What it was about, in the kiosk's own names: a setting and its value, a file. */
  details: v.array(v.string()),
  editionBefore: v.nullable(v.string()),
  editionAfter: v.nullable(v.string()),
})

export type AuditEntry = v.InferOutput<typeof auditEntrySchema>

/** A page of the log, newest first. */
export const auditPageSchema = v.object({
  entries: v.array(auditEntrySchema),
  total: v.number(),
  /** Number of the first entry that is not as it was written; null: all are. */
  brokenAt: v.nullable(v.number()),
})

export type AuditPage = v.InferOutput<typeof auditPageSchema>

/** What staff can set. */
export const staffSettingsSchema = v.strictObject({
  /** id of a kiosk of site.json; null: the first. */
  kiosk: v.nullable(v.string()),
  panel: panelSchema,
  printer: v.pipe(v.string(), v.nonEmpty(), v.maxLength(300)),
  paper: v.picklist(paperNames),
})

export type StaffSettings = v.InferOutput<typeof staffSettingsSchema>

export const settingsPatchSchema = v.partial(staffSettingsSchema)

export type SettingsPatch = v.InferOutput<typeof settingsPatchSchema>

/** The settings, with what there is to choose from. */
export const settingsViewSchema = v.object({
  settings: staffSettingsSchema,
  /** The kiosks of site.json. */
  kiosks: v.array(v.object({ id: v.string(), name: v.string(), building: v.string(), floor: v.number() })),
  /** The kiosk the screen shows itself as just now. */
  kioskInForce: v.string(),
})

export type SettingsView = v.InferOutput<typeof settingsViewSchema>

/** What comes of changing a setting. `busy`: a slip is being printed on the printer that was to be changed. */
export const settingsReplySchema = v.variant('kind', [
  v.object({
    kind: v.literal('done'),
    /** True where the kiosk has to be started again before it shows. */
    afterRestart: v.boolean(),
  }),
  v.object({
    kind: v.literal('refused'),
    problem: v.picklist(['busy', 'no-such-printer', 'not-kept']),
    detail: v.string(),
  }),
])

export type SettingsReply = v.InferOutput<typeof settingsReplySchema>

/** A printer that was found. */
export const foundPrinterSchema = v.object({
  /** As it is set: "cups:Lobby". */
  setting: v.string(),
  kind: v.picklist(printerKinds),
  name: v.string(),
  /** What its administrator calls it; empty where they have not said. */
  info: v.string(),
  isDefault: v.boolean(),
  /** Papers it says it takes; empty: it has not said. */
  papers: v.array(v.picklist(paperNames)),
})

export type FoundPrinter = v.InferOutput<typeof foundPrinterSchema>

/** What staff see first. */
export const staffOverviewSchema = v.object({
  role: roleSchema,
  /** Wrong PINs typed since the last right one of this role. */
  wrongSince: v.number(),
})

export type StaffOverview = v.InferOutput<typeof staffOverviewSchema>

const none = v.strictObject({})

/**
 * The staff's part of the contract. Every call named "staff-…" throws `not-allowed` where nobody is logged in,
 * or not with the role it takes; the others are the door itself.
 */
export const staffContract = {
  'get-staff-door': { args: none, reply: doorSchema },
  /** First start: the two PINs; whoever sets them is logged in as IT. */
  'set-up-staff': { args: v.strictObject({ frontDesk: pinSchema, it: pinSchema }), reply: newPinReplySchema },
  'enter-staff': { args: v.strictObject({ role: roleSchema, pin: pinSchema }), reply: pinReplySchema },
  /** Staff have touched the screen: they stay logged in. */
  'staff-stay': { args: none, reply: none },
  'leave-staff': { args: none, reply: none },
  'staff-get-overview': { args: none, reply: staffOverviewSchema },
  /** A new PIN for `role`, confirmed with the PIN of whoever asks; only IT may change another's. */
  'staff-change-pin': {
    args: v.strictObject({ role: roleSchema, own: pinSchema, next: pinSchema }),
    reply: newPinReplySchema,
  },
  'staff-get-audit': {
    /** `before`: only entries of a lower number; null: the newest. */
    args: v.strictObject({ before: v.nullable(v.number()) }),
    reply: auditPageSchema,
  },
  /** The printer, its queue, the latest 200 jobs and the last 31 days; nothing of what visitors came for. */
  /** The latest lines of the log, the newest first. */
  'staff-get-log': {
    args: v.strictObject({ most: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)) }),
    reply: v.object({ lines: v.array(logLineSchema) }),
  },
  'staff-get-printing': { args: none, reply: printingReportSchema },
  'staff-find-printers': { args: none, reply: v.array(foundPrinterSchema) },
  /** Prints the slip of the catalogue's first service on the printer in force. */
  'staff-test-printer': { args: none, reply: printReplySchema },
  /** Prints the staff's guide on the printer in force; refuses with `no-sheets` where that has a roll. */
  'staff-print-guide': { args: none, reply: printReplySchema },
  'staff-get-settings': { args: none, reply: settingsViewSchema },
  'staff-change-settings': { args: settingsPatchSchema, reply: settingsReplySchema },
  ...updateContract,
} as const
