import { once } from 'node:events'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { within } from '../../time-limit.ts'

/** Where a printer is: raw TCP (port 9100 as a rule), or a device file such as /dev/usb/lp0. */
export type Target = { readonly host: string; readonly port: number } | { readonly path: string }

/** A two-way line to a printer. */
export type Connection = {
  /** Resolves once the system has taken the bytes, which is long before the printer has; rejects once the line is gone. */
  readonly send: (bytes: Uint8Array) => Promise<void>
  /** Lets what was sent go out, then hangs up. */
  readonly end: () => void
  /** Hangs up at once; what has not gone out is lost. */
  readonly drop: () => void
}

/** Who is told of what comes over a line; `onClose` once, at whichever end it was closed. */
export type Listener = { readonly onByte: (byte: number) => void; readonly onClose: () => void }

/** Milliseconds between two looks at a device file that had nothing to say or no room. */
const lookAgain = 20

/** Opens a line within `limit` milliseconds; rejects where that cannot be done. */
export async function openConnection(target: Target, limit: number, to: Listener): Promise<Connection> {
  return 'path' in target
    ? await openFile(target.path, limit, to)
    : await openSocket(target.host, target.port, limit, to)
}

async function openSocket(host: string, port: number, limit: number, to: Listener): Promise<Connection> {
  const socket = connect({ host, port, noDelay: true, keepAlive: true })
  try {
    await within(limit, once(socket, 'connect'))
  } catch (error) {
    socket.on('error', () => {}).destroy()
    throw error
  }
  socket.on('data', (bytes) => bytes.forEach((byte) => to.onByte(byte)))
  // An end comes as 'close' too.
  socket.on('error', () => {}).on('close', to.onClose)
  return {
    send: (bytes) =>
      new Promise((resolve, reject) => {
        socket.write(bytes, (error) => (error ? reject(error) : resolve()))
      }),
    end: () => socket.destroySoon(),
    drop: () => void socket.destroy(),
  }
}

/**
 * Without blocking, so that a printer that is off holds none of Node's few threads for files: what is not there
 * yet, or has no room yet, is looked at again. One that is made for writing only (the kernel says EINVAL) stays open.
 */
async function openFile(path: string, limit: number, to: Listener): Promise<Connection> {
  const { O_RDWR, O_NONBLOCK, O_NOCTTY } = constants
  const opening = open(path, O_RDWR | O_NONBLOCK | O_NOCTTY)
  const handle = await within(limit, opening).catch((error: unknown) => {
    opening.then((late) => late.close()).catch(() => {})
    throw error
  })
  let isOpen = true
  let lastWrite = Promise.resolve()

  function hangUp(): void {
    if (!isOpen) return
    isOpen = false
    handle.close().catch(() => {})
    to.onClose()
  }
  async function write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      if (!isOpen) throw new Error('The device file is closed')
      const written = await attempt(() => handle.write(bytes, at).then(({ bytesWritten }) => bytesWritten))
      at += written
      if (written === 0) await pause(lookAgain)
    }
  }
  listen(handle, () => isOpen, to.onByte).catch((error: unknown) => {
    if (codeOf(error) !== 'EINVAL') hangUp()
  })
  return {
    send: (bytes) => {
      const writing = lastWrite.then(() => write(bytes))
      lastWrite = writing.catch(hangUp)
      return writing
    },
    end: () => void lastWrite.then(hangUp),
    drop: hangUp,
  }
}

async function listen(
  handle: FileHandle,
  isOpen: () => boolean,
  onByte: (byte: number) => void,
): Promise<void> {
  const buffer = new Uint8Array(256)
  while (isOpen()) {
    const read = await attempt(() => handle.read(buffer).then(({ bytesRead }) => bytesRead))
    buffer.subarray(0, read).forEach((byte) => onByte(byte))
    if (read === 0) await pause(lookAgain)
  }
}

/** How many bytes went; none where the device asks for patience. */
async function attempt(work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return 0
    throw error
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null
}
