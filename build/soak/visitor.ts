/** What a run of visits came to. */
export type Visits = {
  readonly visits: number
  readonly taps: number
  /** Milliseconds from each touch until its effect was painted. */
  readonly latencies: readonly number[]
  readonly problems: readonly string[]
}

export type VisitsAsked = { readonly visits: number; readonly seed: number }

/**
 * Visits the kiosk at random, from the waiting screen back to it. Runs inside the page and uses nothing from
 * outside, so that ten thousand visits do not cost a message each.
 */
export async function makeVisits({ visits, seed }: VisitsAsked): Promise<Visits> {
  let state = seed
  /** A number from 0 to 1 (mulberry32): the same visits again for the same seed. */
  function random(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const oneOf = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)]
  const latencies: number[] = []
  const problems: string[] = []
  let taps = 0

  const painted = (): Promise<void> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve()
        port2.postMessage(null)
      })
    })

  async function tap(button: HTMLElement): Promise<void> {
    const began = performance.now()
    button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, pointerType: 'touch' }))
    button.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, pointerType: 'touch' }))
    button.click()
    await painted()
    latencies.push(performance.now() - began)
    taps += 1
  }

  const isShown = (element: HTMLElement): boolean => element.checkVisibility({ visibilityProperty: true })
  /** What can be touched: within a dialog where one is open. */
  function buttons(): readonly HTMLElement[] {
    const dialogs = [...document.querySelectorAll<HTMLElement>('[role="dialog"], [role="alertdialog"]')]
    const within = dialogs.findLast(isShown) ?? document.body
    return [
      ...within.querySelectorAll<HTMLElement>('button:not([disabled]), [role="checkbox"], [role="radio"]'),
    ].filter(isShown)
  }
  const isWaiting = (): boolean => document.querySelector('.attract') !== null
  const finish = (): HTMLElement | null => document.querySelector<HTMLElement>('nav > button:last-child')
  /** A printer is a slow thing: one touch in thirty may lead there. */
  const leadsToPrinter = (button: HTMLElement): boolean =>
    /打印|存成|Print|Save|PDF|بېس/u.test(button.innerText)

  async function visit(): Promise<void> {
    const start = oneOf([...document.querySelectorAll<HTMLElement>('.attract .start')])
    if (!start) return void problems.push('no way to start')
    await tap(start)
    await until(() => !isWaiting())
    const most = 3 + Math.floor(random() * 12)
    for (let count = 0; count < most && !isWaiting(); count += 1) {
      const all = buttons().filter((button) => button !== finish())
      const chosen = oneOf(all.filter((button) => !leadsToPrinter(button) || random() < 0.03))
      if (chosen) await tap(chosen)
    }
    for (let tries = 0; tries < 20 && !isWaiting(); tries += 1) {
      const end = finish()
      const inDialog = buttons().at(-1)
      const isOpen = document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
      const next = isOpen ? inDialog : (end ?? inDialog)
      if (next) await tap(next)
      await until(isWaiting, 200)
    }
    if (!isWaiting()) problems.push(`a visit did not end: ${document.body.innerText.slice(0, 80)}`)
  }

  async function until(is: () => boolean, most = 3000): Promise<void> {
    const end = performance.now() + most
    while (!is() && performance.now() < end) await painted()
  }

  for (let made = 0; made < visits; made += 1) await visit()
  return { visits, taps, latencies, problems: problems.slice(0, 20) }
}
