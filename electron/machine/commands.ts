/** The tools of a kiosk, and what starts it anew. */
export type Tool = 'doctor' | 'printer' | 'restart' | 'screen' | 'settings' | 'staff'

/** Whether what runs from `folder` was installed by one of the packages for Linux, which bring the command `kiosk`. */
export const isPackaged = (folder: string): boolean =>
  /\/opt\/lobby[- ]kiosk\/(?:host|resources)(?:\/|$)/iu.test(folder)

/** Whether this runs on an installed kiosk; otherwise it runs from a checkout. */
export const isInstalled = isPackaged(import.meta.dirname)

/** What to type for a tool where this runs, such as `kiosk printer test` or `npm run printer -- test`. */
export function commandFor(tool: Tool, words = '', installed = isInstalled): string {
  if (installed) return `kiosk ${tool} ${words}`.trim()
  if (tool === 'restart') return 'npm start'
  return words === '' ? `npm run ${tool}` : `npm run ${tool} -- ${words}`
}
