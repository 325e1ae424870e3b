import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FoundPrinter } from '../../data/staff.ts'
import type { Log } from '../log.ts'
import { cupsSocket } from './choose-printer.ts'
import { type DiscoveredQueue, discoverQueues } from './ipp/discover.ts'

/** Where the kernel shows USB printers that no queue drives. */
const deviceFolder = '/dev/usb'

const folder: FoundPrinter = {
  setting: 'folder',
  kind: 'folder',
  name: '',
  info: '',
  isDefault: false,
  papers: [],
}

/** The queues of this machine's CUPS; none where it does not run. */
export function localQueues(log: Log): Promise<readonly DiscoveredQueue[]> {
  return discoverQueues({ log, ...(existsSync(cupsSocket) && { socket: cupsSocket }) })
}

/** The printers this machine has: the queues of its CUPS, USB printers by their device files, and always the folder. */
export async function findPrinters(parts: {
  readonly log: Log
  /** Asked for the queues; this machine's CUPS unless given. */
  readonly queues?: () => Promise<readonly DiscoveredQueue[]>
  readonly devices?: string
}): Promise<FoundPrinter[]> {
  const { log, devices = deviceFolder } = parts
  const queues = parts.queues ?? (() => localQueues(log))
  const found = (await queues()).map(({ name, info, isDefault, papers }): FoundPrinter => ({
    setting: `cups:${name}`,
    kind: 'ipp',
    name,
    info,
    isDefault,
    papers: [...papers],
  }))
  return [...found, ...usbPrinters(devices), folder]
}

function usbPrinters(devices: string): readonly FoundPrinter[] {
  if (!existsSync(devices)) return []
  const files = readdirSync(devices).filter((name) => /^lp\d+$/u.test(name))
  return files.toSorted().map((name) => ({
    setting: `escpos:${join(devices, name)}`,
    kind: 'escpos',
    name: join(devices, name),
    info: '',
    isDefault: false,
    // What is found here is a thermal printer, or one that needs a queue first.
    papers: ['roll'],
  }))
}
