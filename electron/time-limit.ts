import { KioskError } from '../data/errors.ts'

/** What `work` comes to, or `printing-failed` where it takes longer than `milliseconds`. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new KioskError('printing-failed', `Nothing came of it within ${milliseconds} ms`)),
      milliseconds,
    )
  })
  try {
    return await Promise.race([work, tooLong])
  } finally {
    clearTimeout(timer)
  }
}
