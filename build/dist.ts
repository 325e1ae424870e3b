import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { runChild } from './child.ts'
import { buildDeb, thisArchitecture } from './deb/package.ts'
import { writeElectronLinux } from './electron-linux.ts'
import { bundleHost } from './host-bundle.ts'
import { runCommand } from './setup.ts'

/*
 * `npm run dist` makes the Electron host's installers by electron-builder, `npm run dist -- deb-browser` the
 * browser host's package by dpkg-deb alone.
 */

const root = join(import.meta.dirname, '..')

async function debBrowser(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      architecture: { type: 'string', default: thisArchitecture() },
      node: { type: 'string', default: process.execPath },
      out: { type: 'string', default: join(root, 'release') },
      version: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  })
  const { version } = v.parse(
    v.object({ version: v.string() }),
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
  )
  const file = await buildDeb({
    root,
    renderer: join(root, 'dist/renderer'),
    out: values.out,
    version: values.version ?? version,
    architecture: values.architecture,
    node: values.node,
    compression: values.quick ? 'gzip' : 'xz',
    say: (line) => console.error(`  … ${line}`),
  })
  console.log(file)
  return 0
}

async function electronBuilder(args: readonly string[]): Promise<number> {
  await bundleHost(root, join(root, 'dist/host'))
  writeElectronLinux(root)
  const builder = [
    join(root, 'node_modules/electron-builder/cli.js'),
    '--config',
    'build/electron-builder.json',
  ]
  const { code } = await runChild(process.execPath, [...builder, ...args], { cwd: root })
  if (code !== 0) {
    console.error(
      'No installer was made; the reason stands above. Electron itself is downloaded from github.com, or from ELECTRON_MIRROR. "npm run dist -- deb-browser" needs no download.',
    )
  }
  return code
}

if (import.meta.main) {
  await runCommand(async () => {
    const [what, ...rest] = process.argv.slice(2)
    return what === 'deb-browser' ? debBrowser(rest) : electronBuilder(process.argv.slice(2))
  })
}
