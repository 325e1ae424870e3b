import { expect, it } from 'vitest'
import { createQueue } from '../../../electron/queue.ts'

/** Pieces of work that are done when the test says so, and what they have come to. */
function pieces(queue: ReturnType<typeof createQueue>, count: number) {
  const begun: number[] = []
  const gates = Array.from({ length: count }, () => Promise.withResolvers<string>())
  const results = gates.map((gate, index) =>
    queue(() => {
      begun.push(index)
      return gate.promise
    }),
  )
  return { begun, gates, settled: Promise.allSettled(results), results }
}

it('does one thing at a time, in order, past a failure', async () => {
  const { begun, gates, settled, results } = pieces(createQueue(5), 3)
  expect(begun).toStrictEqual([0])
  gates[2]?.resolve('third')
  gates[0]?.reject(new Error('first'))
  await results[0]?.catch(() => {})
  await Promise.resolve()
  expect(begun).toStrictEqual([0, 1])
  gates[1]?.resolve('second')
  expect(await settled).toMatchObject([
    { reason: { message: 'first' } },
    { value: 'second' },
    { value: 'third' },
  ])
})

it('refuses at once what would wait too long, and takes more when it is through', async () => {
  const queue = createQueue(2)
  const { begun, gates, settled, results } = pieces(queue, 5)
  await expect(results[3]).rejects.toMatchObject({ code: 'printing-failed' })
  await expect(results[4]).rejects.toMatchObject({ code: 'printing-failed' })
  expect(begun).toStrictEqual([0])
  for (const gate of gates) gate.resolve('done')
  await settled
  expect(begun).toStrictEqual([0, 1, 2])
  expect(await queue(async () => 'again')).toBe('again')
})
