import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { settingsTemplate } from '../data/settings-template.ts'

/** Where electron-builder's deb puts the program, and what it carries beside it. */
const program = '/opt/Lobby Kiosk'
const carried = `${program}/resources`

/** The files of build/linux that the Electron host's deb lays out itself, by where they go. */
export const electronSystemFiles = {
  'lobby-kiosk.service': 'lib/systemd/system/lobby-kiosk.service',
  'lobby-kiosk-screen.service': 'lib/systemd/system/lobby-kiosk-screen.service',
  'lobby-kiosk-stick-write.path': 'lib/systemd/system/lobby-kiosk-stick-write.path',
  'lobby-kiosk-stick-write.service': 'lib/systemd/system/lobby-kiosk-stick-write.service',
  'lobby-kiosk-stick@.service': 'lib/systemd/system/lobby-kiosk-stick@.service',
  'lobby-kiosk-turn.service': 'lib/systemd/system/lobby-kiosk-turn.service',
  '70-lobby-kiosk.rules': 'lib/udev/rules.d/70-lobby-kiosk.rules',
  'sysctl.conf': 'usr/lib/sysctl.d/90-lobby-kiosk.conf',
  'logind.conf': 'usr/lib/systemd/logind.conf.d/90-lobby-kiosk.conf',
  kiosk: 'usr/bin/kiosk',
} as const

/** A file of build/linux as the Electron host has it: at its own place, and its program in the browser host's. */
export function forElectron(text: string): string {
  const quoted = (path: string): string => `"${carried}${path}"`
  return (
    text
      .replace(
        /^(ExecStart=)\/opt\/lobby-kiosk\/bin\/node \/opt\/lobby-kiosk\/host\/browser-host\.js/mu,
        `$1"${program}/lobby-kiosk"`,
      )
      // In a unit's command line the path, which has a space, stands in quotes.
      .replace(/^(Exec\w+=)(-?)(.*)$/gmu, (_line, key: string, sign: string, command: string) => {
        return `${key}${sign}${command.replaceAll(/\/opt\/lobby-kiosk(\/[^\s"]+)/gu, (_path, inner: string) => quoted(inner))}`
      })
      .replaceAll('/opt/lobby-kiosk/', `${carried}/`)
      .replaceAll(/^home=\/opt\/lobby-kiosk$/gmu, `home='${carried}'`)
  )
}

/** A script of the browser host's package as the Electron host has it. */
function scriptFor(text: string): string {
  return text
    .replaceAll('/etc/lobby-kiosk/kiosk.jsonc', '/var/lib/lobby-kiosk/kiosk.jsonc')
    .replaceAll(/\/opt\/lobby-kiosk(\/[\w./-]+)/gu, (_path, inner: string) => `'${carried}${inner}'`)
}

/** Writes into dist/linux what electron-builder's deb is given: units, rules, and the scripts around installing. */
export function writeElectronLinux(root: string): void {
  const out = join(root, 'dist/linux')
  mkdirSync(out, { recursive: true })
  const source = (path: string): string => readFileSync(join(root, path), 'utf8')
  for (const name of Object.keys(electronSystemFiles)) {
    writeFileSync(join(out, name), forElectron(source(`build/linux/${name}`)))
  }
  chmodSync(join(out, 'kiosk'), 0o755)
  writeFileSync(join(out, 'kiosk.jsonc'), settingsTemplate())
  // electron-builder's own script sets the sandbox' rights, and would be left out by ours.
  const own = source('node_modules/app-builder-lib/templates/linux/after-install.tpl')
  const body = (name: string): string => scriptFor(source(`build/deb/${name}`)).replace(/^#!.*\n/u, '')
  writeFileSync(join(out, 'after-install.sh'), `${own}\n${body('postinst')}`)
  writeFileSync(join(out, 'before-remove.sh'), `#!/bin/bash\n${body('prerm')}`)
  const ownAfter = source('node_modules/app-builder-lib/templates/linux/after-remove.tpl')
  writeFileSync(join(out, 'after-remove.sh'), `${ownAfter}\n${body('postrm')}`)
}
