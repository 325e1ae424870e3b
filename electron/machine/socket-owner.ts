import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'

/** The two ends of a connection, as the end that was called sees them. */
export type Ends = Pick<Socket, 'remoteAddress' | 'remotePort' | 'localPort'>

/**
 * Whether a program of this process's account has made a connection to 127.0.0.1. Only Linux is asked, where every
 * account can read all command lines; true where it does not tell.
 */
export async function isOwnConnection(ends: Ends): Promise<boolean> {
  const user = process.getuid?.()
  if (user === undefined || process.platform !== 'linux') return true
  const table = await readFile('/proc/net/tcp', 'utf8').catch(() => null)
  return table === null || callerOf(table, ends) === user
}

/** The account that has made the connection, after /proc/net/tcp (proc_net_tcp(5)); null where it is not in there. */
export function callerOf(table: string, { remoteAddress, remotePort, localPort }: Ends): number | null {
  // Another account may call from the same port of another address of this machine.
  if (remoteAddress !== '127.0.0.1' || remotePort === undefined || localPort === undefined) return null
  const end = (port: number) => `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/u))
  const row = rows.find(([, from, to]) => from === end(remotePort) && to === end(localPort))
  return row?.[7] === undefined ? null : Number(row[7])
}
