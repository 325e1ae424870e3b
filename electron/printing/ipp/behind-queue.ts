import type { JobReport } from '../device.ts'
import type { IppClient } from './client.ts'
import { askPrinter, type JobDescription, listJobs } from './printer-query.ts'
import { jobStates, problemOf, reportOf } from './reasons.ts'

/** Seconds by which whole seconds counted by a queue and by a device may differ. */
const slack = 1

/**
 * What the device says of a job that its queue calls over. CUPS calls it completed too where the device gave
 * the job up while CUPS looked away, or was switched off and on again and knows of no job any more; and
 * canceled where the device still has what a CUPS that was killed had handed on.
 *
 * The job is known by its name, which therefore has to be its own. A device that lists none of the
 * kiosk's jobs keeps no history: then the queue is believed, unless the device was switched on later than
 * the job's turn came.
 */
export async function reportBehindQueue(
  atDevice: IppClient,
  deviceUri: string,
  job: JobDescription,
): Promise<JobReport> {
  const over = await listJobs(atDevice, deviceUri, 'completed')
  const open = await listJobs(atDevice, deviceUri, 'not-completed')
  const isIt = ({ name }: JobDescription): boolean => name === job.name
  // A CUPS that was killed hands it on anew: of several, the one that came out tells, or may yet come out.
  const mine =
    over?.find((other) => isIt(other) && other.state === jobStates.completed) ??
    open?.find(isIt) ??
    over?.find(isIt)
  const device = await askPrinter(atDevice, deviceUri)
  if (device.kind === 'silent') return { kind: 'unknown' }
  if (mine) {
    const reasons = device.kind === 'told' ? device.value.words.reasons : []
    return reportOf({ ...mine, problem: problemOf(reasons) })
  }
  if (job.state !== jobStates.completed) return reportOf({ ...job, problem: problemOf(job.printerReasons) })
  if (over !== null && over.length > 0) return { kind: 'unknown' }
  const upTime = device.kind === 'told' ? device.value.upTime : null
  const wasSwitchedOn = upTime !== null && job.age !== null && upTime <= job.age + slack
  return wasSwitchedOn ? { kind: 'unknown' } : reportOf({ ...job, problem: null })
}

/** The device's numbers for the unfinished jobs of that name; null where it does not say. */
export async function stillBehindQueue(
  atDevice: IppClient,
  deviceUri: string,
  name: string | null,
): Promise<readonly number[] | null> {
  const open = await listJobs(atDevice, deviceUri, 'not-completed')
  return open?.flatMap((job) => (name === null || job.name === name ? [job.id ?? 0] : [])) ?? null
}
