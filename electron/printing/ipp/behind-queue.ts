import { type JobReport } from '../device.ts'
import { type IppClient } from './client.ts'
import { askPrinter, type JobDescription, listJobs } from './printer-query.ts'
import { problemOf, reportOf } from './reasons.ts'

/** Seconds by which whole seconds counted by a queue and by a device may differ. */
const slack = 1

/**
 * What the device says of a job that its queue calls completed. CUPS says so too where the device gave the
 * job up while CUPS looked away, or was switched off and on again and knows of no job any more.
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
  const mine = open?.find(isIt) ?? over?.find(isIt)
  const device = await askPrinter(atDevice, deviceUri)
  if (device.kind === 'silent') return { kind: 'unknown' }
  if (mine) {
    const reasons = device.kind === 'told' ? device.value.words.reasons : []
    return reportOf({ ...mine, problem: problemOf(reasons) })
  }
  if (over !== null && over.length > 0) return { kind: 'unknown' }
  const upTime = device.kind === 'told' ? device.value.upTime : null
  const wasSwitchedOn = upTime !== null && job.age !== null && upTime <= job.age + slack
  return wasSwitchedOn ? { kind: 'unknown' } : reportOf({ ...job, problem: null })
}

/** Whether a device still has the unfinished job of that name; null where it does not say. */
export async function isStillBehindQueue(
  atDevice: IppClient,
  deviceUri: string,
  name: string | null,
): Promise<boolean | null> {
  const open = await listJobs(atDevice, deviceUri, 'not-completed')
  return open === null ? null : open.some((job) => name === null || job.name === name)
}
