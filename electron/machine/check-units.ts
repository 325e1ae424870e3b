import { type Check, type Examination, good, wrong } from './examination.ts'

const units = ['lobby-kiosk-screen.service', 'lobby-kiosk.service']

/** Whether the kiosk starts by itself, and whether it runs. */
export const checkUnits: Check = async ({ run, read }) => {
  // The check of the lock tells of a machine without systemd.
  if (read('/proc/1/comm')?.trim() !== 'systemd') return []
  const found: Examination[] = []
  for (const unit of units) {
    const ask = async (question: string): Promise<string> =>
      (await run('systemctl', [question, unit]))?.out.trim() ?? ''
    if ((await ask('is-enabled')) !== 'enabled') {
      found.push(
        wrong(
          'service',
          'bad',
          [`${unit} 不会自动启动`, `${unit} does not start by itself`],
          [`运行 sudo systemctl enable --now ${unit}`, `Run: sudo systemctl enable --now ${unit}`],
        ),
      )
      continue
    }
    const state = await ask('is-active')
    if (state === 'active') continue
    found.push(
      wrong(
        'service',
        'bad',
        [`${unit} 没有在运行（${state}）`, `${unit} does not run (${state})`],
        [
          `运行 sudo systemctl restart ${unit}，再检查一次；不行就看 journalctl --unit ${unit}`,
          `Run: sudo systemctl restart ${unit}, then look again. If it does not last: journalctl --unit ${unit}`,
        ],
      ),
    )
  }
  return found.length > 0
    ? found
    : [good('service', '本机正在运行，开机会自动启动', 'the kiosk runs, and starts by itself')]
}
