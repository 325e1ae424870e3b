import { setTimeout as pause } from 'node:timers/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLog } from '../electron/log.ts'
import { lookAtScreen, screenCommands } from '../electron/machine/displays.ts'
import { runProgram } from '../electron/machine/run.ts'
import { defaultFolders } from '../electron/options.ts'
import { readSettings } from '../electron/settings.ts'

/*
 * `kiosk screen`: turns the picture and the touches as the settings say and keeps the panel lit. Run before the
 * kiosk starts and whenever a panel is connected. `--wait S`: seconds to wait for the X server.
 */

const { values } = parseArgs({
  options: {
    state: { type: 'string', default: defaultFolders(join(import.meta.dirname, '..')).state },
    wait: { type: 'string', default: '0' },
  },
})

async function main(): Promise<number> {
  const end = performance.now() + Number(values.wait) * 1000
  let found = await lookAtScreen(runProgram)
  while (found === null && performance.now() < end) {
    await pause(200)
    found = await lookAtScreen(runProgram)
  }
  if (found === null) {
    console.error('No X server answers, or xrandr is not installed: nothing was turned.')
    return 1
  }
  const { settings } = readSettings(values.state, createLog())
  let failed = 0
  for (const { program, args, does } of screenCommands(settings.screen, found.displays, found.touches)) {
    const reply = await runProgram(program, args)
    const isDone = reply?.code === 0 && !/cannot use rotation|unable to find/u.test(reply.out)
    if (!isDone) failed++
    console.error(
      `${isDone ? 'done' : 'FAILED'}: ${does}${isDone ? '' : ` (${reply?.out.trim() ?? `${program} is not here`})`}`,
    )
  }
  return failed === 0 ? 0 : 1
}

process.exitCode = await main()
