/** A job at a printer, as it is known after a restart of the kiosk. */
export type Ticket = {
  readonly uri: string
  readonly id: number
  /** What no other job of that printer has; null where it gave nothing such. */
  readonly mark: string | null
}

/** A ticket as one line of text: the job's number, its mark, the printer. */
export const writeTicket = ({ uri, id, mark }: Ticket): string =>
  [id, mark === null ? '' : encodeURIComponent(mark), uri].join(' ')

/** The ticket in a line of text; null where it is none. */
export function readTicket(text: string): Ticket | null {
  const match = /^([1-9]\d{0,9}) (\S*) (\S+)$/.exec(text)
  const [, id, mark, uri] = match ?? []
  if (id === undefined || mark === undefined || uri === undefined) return null
  try {
    return { uri, id: Number(id), mark: mark === '' ? null : decodeURIComponent(mark) }
  } catch {
    return null
  }
}
