import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { type Preview, previewOf } from '../../data/edition/preview.ts'
import type { Manifest } from '../../data/edition/manifest.ts'
import type { EditionSummary } from '../../data/edition/summary.ts'
import type { Finding } from '../../data/intake/source.ts'
import type { Settings } from '../../data/settings.ts'
import { siteFileSchema } from '../../data/site.ts'
import type { StickOffer } from '../../data/sticks.ts'
import type { Role } from '../../data/staff.ts'
import {
  type ApproveReply,
  mostPreviewed,
  type OfferPreview,
  type OfferRefusal,
  type ReadReply,
  type RollBackReply,
  type StickView,
} from '../../data/updates.ts'
import type { Content } from '../content-checks.ts'
import type { Candidate } from '../editions/admission.ts'
import { contentOf } from '../editions/content-of.ts'
import type { Edition, EditionStore } from '../editions/editions.ts'
import type { Log } from '../log.ts'
import { kindOf } from '../sources/kinds.ts'
import { type OfferedFile, readOffers } from '../sources/read-offer.ts'
import { listOffers } from '../sticks/list-offers.ts'
import type { Mounting } from '../sticks/mounting.ts'
import { readFromStick } from '../sticks/read-file.ts'
import type { FoundStick } from '../sticks/stick-source.ts'
import type { StickWatch } from '../sticks/stick-watch.ts'
import type { Audit } from './audit.ts'

export type UpdateDeskOptions = {
  readonly editions: EditionStore
  readonly sticks: StickWatch
  readonly mounting: Mounting
  readonly policy: Settings['updates']
  readonly audit: Audit
  readonly now: () => Date
  /** True where the clock can be right. */
  readonly isClockTrusted: () => Promise<boolean>
  readonly log: Log
  /** The version of the program. */
  readonly app: string
}

/** Where staff bring a new edition, look at what it changes, and put it or an earlier one in force. */
export type UpdateDesk = {
  readonly sticks: () => Promise<StickView[]>
  /** A stick that is plugged in; null where it is not any more. */
  readonly stick: (id: string) => FoundStick | null
  /** Reads files of a stick, once; the preview is the only one kept. */
  readonly read: (stick: string, paths: readonly string[]) => Promise<ReadReply>
  /** Whether `id` is what was looked at last, with so many warnings. */
  readonly isLookedAt: (id: string, warnings: number) => boolean
  readonly approve: (id: string, role: Role) => Promise<ApproveReply>
  readonly rollBack: (id: string, role: Role) => Promise<RollBackReply>
  /** What the screen would be shown of the edition that is being looked at; null where it is none. */
  readonly contentLookedAt: (id: string) => Content | null
  /** Staff have left: nothing of what they looked at is kept. */
  readonly forget: () => void
}

type LookedAt = { readonly preview: OfferPreview; readonly candidate: Candidate; readonly content: Content }

/** One desk: one screen, one edition at a time. */
export function createUpdateDesk(options: UpdateDeskOptions): UpdateDesk {
  const { editions, sticks, mounting, policy, audit, now, log } = options
  let lookedAt: LookedAt | null = null

  const stick = (id: string): FoundStick | null => sticks.sticks().find((known) => known.id === id) ?? null

  async function read(id: string, paths: readonly string[]): Promise<ReadReply> {
    lookedAt = null
    const from = stick(id)
    if (!from) return refused('gone')
    const files: OfferedFile[] = []
    for (const path of paths) {
      const file = await readFromStick(from, path)
      if (file.kind !== 'read')
        return file.kind === 'too-large' ? refused(file.kind, file) : refused(file.kind)
      files.push(file)
    }
    const edition = await editions.inForce()
    const candidate = await candidateOf(files, edition)
    if ('problem' in candidate) return note(candidate, files)
    const found = await previewFor(candidate, edition)
    if ('problem' in found) return note(found, files)
    lookedAt = found
    return found.preview
  }

  function note(refusal: OfferRefusal, files: readonly OfferedFile[]): OfferRefusal {
    const names = files.map(({ name }) => name)
    audit.write({ role: null, deed: 'edition-refused', details: [...names, refusal.problem] })
    return refusal
  }

  /** What a stick brought as a whole edition; a bundle's signature has been looked at by then. */
  async function candidateOf(
    files: readonly OfferedFile[],
    { files: inForce }: Edition,
  ): Promise<(Candidate & { readonly findings: readonly Finding[] }) | OfferRefusal> {
    const [first, ...more] = files
    if (first && more.length === 0 && kindOf(first.name) === 'bundle') {
      if (!policy.accept.includes('bundle')) return refused('not-accepted')
      const opened = await editions.open(first.bytes)
      if (opened.kind === 'refused') return refused(`bundle-${opened.problem}`)
      const named = { sourceName: first.name, sha256: opened.manifest.content.sha256 }
      return { origin: 'bundle', files: opened.files, ...named, bundle: opened, findings: [] }
    }
    const outcome = await readOffers(files, { files: inForce, now: now() })
    if (outcome.kind === 'refused') return refused(outcome.problem, outcome.details, outcome.findings)
    return policy.accept.includes(outcome.origin) ? outcome : refused('not-accepted')
  }

  async function previewFor(
    candidate: Candidate & { readonly findings: readonly Finding[] },
    before: Edition,
  ): Promise<LookedAt | OfferRefusal> {
    const { bundle, files, findings } = candidate
    const signer = bundle?.signer?.name ?? null
    if (signer === null && policy.signature === 'demanded') return refused('signature-demanded')
    const here = before.content.site.kiosk.id
    const content = contentOf(files, { id: here, log })
    const site = v.parse(siteFileSchema, JSON.parse(files['site.json'] ?? ''))
    const preview = previewOf(
      { files: before.files, catalogue: before.content.catalogue },
      { files, catalogue: content.catalogue, site },
      {
        findings,
        kiosk: here,
        manifest: bundle ? expiryOf(bundle.manifest) : null,
        signed: signer !== null,
        now: (await options.isClockTrusted()) ? now() : null,
      },
    )
    const names = { edition: content.catalogue.edition, editionBefore: before.content.catalogue.edition }
    return { candidate, content, preview: offered(candidate, preview, findings, { ...names, signer }) }
  }

  async function approve(id: string, role: Role): Promise<ApproveReply> {
    if (lookedAt?.preview.id !== id) return { kind: 'look-again' }
    const { candidate, preview } = lookedAt
    const outcome = await editions.install(candidate, role)
    const details = [
      preview.source,
      outcome.kind === 'refused' || outcome.kind === 'failed' ? outcome.problem : '',
    ]
    const editionBefore = preview.editionBefore
    if (outcome.kind === 'installed') {
      lookedAt = null
      const editionAfter = nameOf(outcome.edition)
      audit.write({ role, deed: 'edition-installed', details: [preview.source], editionBefore, editionAfter })
      return { kind: 'installed', edition: outcome.edition }
    }
    audit.write({ role, deed: 'edition-refused', details: details.filter((text) => text !== '') })
    if (outcome.kind === 'already-installed') return { kind: outcome.kind, edition: outcome.edition }
    return outcome.kind === 'failed' ? outcome : { kind: 'refused', problem: outcome.problem }
  }

  async function rollBack(id: string, role: Role): Promise<RollBackReply> {
    const outcome = await editions.rollBack(id)
    if (outcome.kind === 'rolled-back') {
      const [editionBefore, editionAfter] = [nameOf(outcome.before), nameOf(outcome.edition)]
      audit.write({ role, deed: 'edition-rolled-back', editionBefore, editionAfter })
    }
    return outcome
  }

  return {
    sticks: async () => {
      for (const each of sticks.sticks()) if (each.state === 'not-mounted') await mounting.open(each)
      const found = await sticks.look()
      return Promise.all(
        found.map(async (each) => {
          const { id, name, size, state, readOnly } = each
          const { offers, complete } = await listOffers(each)
          return { stick: { id, name, size, state, readOnly }, offers: offers.map(copyOf), complete }
        }),
      )
    },
    stick,
    read,
    isLookedAt: (id, warnings) =>
      lookedAt?.preview.id === id && lookedAt.preview.preview.warnings.length === warnings,
    approve,
    rollBack,
    contentLookedAt: (id) => (lookedAt?.preview.id === id ? lookedAt.content : null),
    forget: () => {
      lookedAt = null
    },
  }
}

const copyOf = (offer: StickOffer): StickOffer => ({ ...offer })

const nameOf = ({ edition, fingerprint }: EditionSummary): string => `${edition} ${fingerprint}`

const expiryOf = ({ expires }: Manifest): Pick<Manifest, 'expires'> => ({ expires })

function refused(
  problem: OfferRefusal['problem'],
  details: Readonly<Record<string, string | number>> = {},
  findings: readonly Finding[] = [],
): OfferRefusal {
  return { kind: 'refused', problem, details, findings: findings.slice(0, mostPreviewed.findings).map(told) }
}

function offered(
  { origin, sourceName }: Candidate,
  preview: Preview,
  findings: readonly Finding[],
  named: Pick<OfferPreview, 'edition' | 'editionBefore' | 'signer'>,
): OfferPreview {
  const count = (kind: Preview['services'][number]['kind']): number =>
    preview.services.filter((change) => change.kind === kind).length
  const totals = {
    added: count('added'),
    removed: count('removed'),
    changed: count('changed'),
    findings: findings.length,
  }
  return {
    kind: 'preview',
    id: randomUUID(),
    origin,
    source: sourceName,
    ...named,
    preview: { ...preview, services: preview.services.slice(0, mostPreviewed.services) },
    totals,
    findings: findings.slice(0, mostPreviewed.findings).map(told),
  }
}

/** As much of a finding as staff are shown. */
function told(finding: Finding): OfferPreview['findings'][number] {
  const { severity, rule, line, service, field, message, text, cell, known } = finding
  const more = { ...(cell !== undefined && { cell }), ...(known && { known }) }
  return { severity, rule, line, service, field, message, text, ...more }
}
