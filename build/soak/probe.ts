import * as v from 'valibot'

/**
 * A line to the page in the window that asks it nothing but what it is told to ask. A browser driver's own line
 * has every request recorded, which makes the window grow by what is driven rather than by what it shows.
 */
export type Probe = {
  /** Sends a command of the DevTools protocol; rejects with what the page says against it. */
  readonly send: (method: string, params?: object) => Promise<unknown>
  /** The value of an expression in the page, awaited; rejects with what it throws. */
  readonly evaluate: (expression: string) => Promise<unknown>
  readonly isOpen: () => boolean
  readonly close: () => void
}

const targetsSchema = v.array(v.object({ type: v.string(), webSocketDebuggerUrl: v.optional(v.string()) }))
const answerSchema = v.object({
  id: v.optional(v.number()),
  result: v.optional(v.unknown()),
  error: v.optional(v.object({ message: v.string() })),
})
const evaluationSchema = v.object({
  result: v.object({ value: v.optional(v.unknown()) }),
  exceptionDetails: v.optional(
    v.object({ text: v.string(), exception: v.optional(v.object({ description: v.optional(v.string()) })) }),
  ),
})

/** Opens the line to the only page of the browser that answers at `port`; null where there is none. */
export async function openProbe(port: string): Promise<Probe | null> {
  const limit = AbortSignal.timeout(2000)
  const list = await fetch(`http://127.0.0.1:${port}/json/list`, { signal: limit }).then((answer) =>
    answer.json(),
  )
  const address = v.parse(targetsSchema, list).find(({ type }) => type === 'page')?.webSocketDebuggerUrl
  if (address === undefined) return null
  const socket = new WebSocket(address)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true })
    socket.addEventListener('error', () => reject(new Error('The page does not answer')), { once: true })
  })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let last = 0
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = v.parse(answerSchema, JSON.parse(String(data)))
    if (id === undefined) return
    if (error) waiting.get(id)?.reject(new Error(error.message))
    else waiting.get(id)?.resolve(result)
    waiting.delete(id)
  })
  socket.addEventListener('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The page is gone'))
    waiting.clear()
  })

  function send(method: string, params: object = {}): Promise<unknown> {
    if (socket.readyState !== WebSocket.OPEN) return Promise.reject(new Error('The page is gone'))
    const answer = Promise.withResolvers<unknown>()
    last += 1
    waiting.set(last, answer)
    socket.send(JSON.stringify({ id: last, method, params }))
    return answer.promise
  }

  return {
    send,
    evaluate: async (expression) => {
      const params = { expression, awaitPromise: true, returnByValue: true }
      const { result, exceptionDetails } = v.parse(evaluationSchema, await send('Runtime.evaluate', params))
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      return result.value
    },
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close: () => socket.close(),
  }
}
