import { KioskError } from '../data/errors.ts'

/** Work took longer than it may; it goes on, and nobody waits for it. */
export class TooLate extends KioskError {
  constructor(milliseconds: number) {
    super('printing-failed', `Nothing came of it within ${milliseconds} ms`)
  }
}

/** What `work` comes to; throws `TooLate` (`printing-failed`) where it takes longer than `milliseconds`. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TooLate(milliseconds)), milliseconds)
  })
  try {
    return await Promise.race([work, tooLong])
  } finally {
    clearTimeout(timer)
  }
}
