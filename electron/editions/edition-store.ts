import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type EditionSummary, factoryId } from '../../data/edition/summary.ts'
import { type Admitted, type Candidate, admit } from './admission.ts'
import { largestBundle, openBundle, reopenBundle } from './bundle.ts'
import { diskProblem, hasRoomFor, readRegular, removeIfPossible, writeDurably } from './disk.ts'
import type {
  Edition,
  EditionStore,
  EditionStoreOptions,
  InstallOutcome,
  RollBackOutcome,
} from './editions.ts'
import { type TrustedKeys, sha256 } from './keys.ts'
import {
  factorySummary,
  summaryOf,
  withEarlier,
  withEntry,
  withProof,
  withStart,
  withoutCurrent,
} from './record-changes.ts'
import { type EditionRecord, type Entry, changeRecord, firstRecord, readRecord } from './record.ts'
import { keepKeyList, readTrust } from './trust.ts'

/** Keeps the editions of a kiosk, each verified whenever it is loaded, and knows which one is in force. */
export function createEditionStore(options: EditionStoreOptions): EditionStore {
  const { state, read, now, log } = options
  const folder = state === null ? null : join(state, 'editions')
  let shown: Promise<Edition> | null = null
  let factory: Promise<Edition> | null = null
  let confirmed: string | null = null
  let last: Promise<unknown> = Promise.resolve()

  const held = (): EditionRecord => (folder === null ? firstRecord : readRecord(folder).record)
  const keys = (): TrustedKeys => readTrust(state, held().keyList, log)

  /** One change at a time, in the order asked for. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }

  function inForce(): Promise<Edition> {
    shown ??= start().catch((error: unknown) => {
      shown = null
      throw error
    })
    return shown
  }

  /** The first load of this run: counted before anything is read that might end it. */
  async function start(): Promise<Edition> {
    if (folder === null) return loadFactory()
    const { record, broken } = readRecord(folder)
    if (broken > 0) log.error('A record of the editions cannot be read', { broken })
    if (record.trial === null) return loadBest(record)
    const next = withStart(record)
    if (next.trial === null) log.error('The new edition failed to start twice: back to the one before')
    try {
      return await loadBest(changeRecord(folder, () => next))
    } catch (error) {
      log.error('The start on a new edition could not be counted', { error })
      return loadBest(next)
    }
  }

  /** The edition that is to be in force, or the next best that is whole and can be shown. */
  async function loadBest({ current, previous, entries }: EditionRecord): Promise<Edition> {
    const others = entries.filter(({ failed }) => !failed).map(({ id }) => id)
    for (const id of new Set([current, previous, factoryId, ...others])) {
      const entry = entries.find((each) => each.id === id)
      const edition = entry
        ? await load(entry)
        : id === factoryId
          ? await loadFactory().catch(() => null)
          : null
      if (edition) return edition
    }
    // What is wrong with it is what is wrong with the kiosk.
    return loadFactory()
  }

  /** An installed edition; null where it is not whole, or cannot be shown. */
  async function load(entry: Entry): Promise<Edition | null> {
    try {
      const bytes = bytesOf(entry)
      const opened = bytes && (await reopenBundle(bytes))
      if (!opened) throw new Error('The edition is not what was installed')
      return { summary: summaryOf(entry, true), files: opened.files, content: read(opened.files) }
    } catch (error) {
      log.error('An edition cannot be loaded', { id: entry.id, error })
      return null
    }
  }

  function isWhole(entry: Entry): boolean {
    try {
      return bytesOf(entry) !== null
    } catch {
      return false
    }
  }

  function bytesOf({ id, file }: Entry): Buffer | null {
    const bytes = folder === null ? null : readRegular(fileOf(folder, id), largestBundle)
    return bytes && sha256(bytes) === file ? bytes : null
  }

  async function loadFactory(): Promise<Edition> {
    factory ??= readFactory()
    return factory.catch((error: unknown) => {
      factory = null
      throw error
    })
  }

  async function readFactory(): Promise<Edition> {
    const files = await options.factory()
    const content = read(files)
    return { summary: factorySummary(files, content.catalogue.edition, true), files, content }
  }

  async function list(): Promise<readonly EditionSummary[]> {
    const { summary } = await inForce()
    const shipped = (await loadFactory().catch(() => null))?.summary
    const { entries, current } = held()
    const installed = entries.map((entry) => {
      const isShown = entry.id === summary.id
      return { ...summaryOf(entry, isShown), failed: entry.failed || (entry.id === current && !isShown) }
    })
    return shipped ? [...installed, { ...shipped, inForce: summary.id === factoryId }] : installed
  }

  async function install(candidate: Candidate, who: string): Promise<InstallOutcome> {
    if (folder === null) return { kind: 'failed', problem: 'read-only' }
    const before = (await inForce()).summary
    const known = await list()
    const { app } = options
    const admitted = await admit(candidate, who, {
      record: held(),
      keys: keys(),
      known,
      read,
      now: now(),
      app,
    })
    if (admitted.kind !== 'admitted') return admitted
    try {
      if (!write(folder, admitted, before.id, candidate)) return { kind: 'failed', problem: 'disk-full' }
    } catch (error) {
      log.error('An edition could not be installed; the one before stays in force', { error })
      return { kind: 'failed', problem: diskProblem(error) }
    }
    if (!isWhole(admitted.entry)) {
      goBack(folder)
      return { kind: 'failed', problem: 'disk-error' }
    }
    // What lies on the disk is, by its hash, what was read and found right before.
    const { entry, files, content } = admitted
    const loaded = { summary: summaryOf(entry, true), files, content }
    take(loaded)
    removeStrays(folder)
    return { kind: 'installed', edition: loaded.summary, before }
  }

  /** Puts an edition on the disk, and then in force; false where there is no room. Throws where the old one still holds. */
  function write(at: string, admitted: Admitted, before: string, { bundle }: Candidate): boolean {
    const { entry, bytes, floor, keyList } = admitted
    mkdirSync(join(at, 'gen'), { recursive: true })
    if (!hasRoomFor(bytes.length, at)) return false
    if (bundle?.keyList && state !== null) keepKeyList(state, bundle.keyList.text)
    writeDurably(fileOf(at, entry.id), bytes)
    changeRecord(at, (record) => ({ ...withEntry(record, entry, before), floor, keyList }))
    return true
  }

  /** What was just written does not load: the one before is to be in force at the next start as well. */
  function goBack(at: string): void {
    try {
      changeRecord(at, withoutCurrent)
    } catch (error) {
      log.error('The record of an edition that does not load could not be taken back', { error })
    }
  }

  function take(edition: Edition): void {
    confirmed = null
    shown = Promise.resolve(edition)
    const { id, edition: name, fingerprint, origin } = edition.summary
    log.info('Another edition is in force', { id, edition: name, fingerprint, origin })
  }

  async function rollBack(id: string): Promise<RollBackOutcome> {
    const before = (await inForce()).summary
    if (before.id === id) return { kind: 'already-in-force', edition: before }
    const entry = held().entries.find((each) => each.id === id)
    if (folder === null || (!entry && id !== factoryId)) return { kind: 'refused', problem: 'unknown' }
    const loaded = entry ? await load(entry) : await loadFactory().catch(() => null)
    if (!loaded) return { kind: 'refused', problem: 'content-unusable' }
    try {
      changeRecord(folder, (record) => withEarlier(record, id, before.id))
    } catch (error) {
      log.error('An earlier edition could not be put in force', { error })
      return { kind: 'failed', problem: diskProblem(error) }
    }
    take(loaded)
    return { kind: 'rolled-back', edition: loaded.summary, before }
  }

  function confirm(id: string): void {
    if (folder === null || confirmed === id) return
    const record = held()
    if (record.current !== id) return
    confirmed = id
    try {
      if (record.trial !== null) changeRecord(folder, withProof)
    } catch (error) {
      log.error('That an edition has proved itself could not be kept', { error })
    }
  }

  /** Removes the files of editions that nobody can go back to any more, and what a power cut left half-written. */
  function removeStrays(at: string): void {
    const kept = new Set(held().entries.map(({ id }) => fileOf(at, id)))
    const files = readdirSync(join(at, 'gen')).map((name) => join(at, 'gen', name))
    for (const file of files) if (!kept.has(file)) removeIfPossible(file)
  }

  return {
    inForce,
    list: () => inTurn(list),
    install: (candidate, who) => inTurn(() => install(candidate, who)),
    rollBack: (id) => inTurn(() => rollBack(id)),
    confirm,
    bundleOf: (id) => {
      const entry = held().entries.find((each) => each.id === id)
      return entry ? bytesOf(entry) : null
    },
    open: async (bytes) => {
      const { site } = (await inForce()).content
      return openBundle(bytes, keys(), { app: options.app, site: site.id ?? null, kiosk: site.kiosk.id })
    },
    keys,
  }
}

/** The file of an installed edition in the folder of editions. */
export const fileOf = (folder: string, id: string): string => join(folder, 'gen', `${id}.kiosk`)
