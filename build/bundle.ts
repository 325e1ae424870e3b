import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'

/** What the bundles are made of; nothing outside these changes them. */
const inputs = [
  'renderer',
  'data',
  'electron',
  'build/bundle.ts',
  'build/cover.ts',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
]

const stampSchema = v.object({ inputs: v.string(), outputs: v.array(v.string()) })

const stampOf = (root: string): string => join(root, 'dist', 'stamp.json')

/** The files under a path, or the path itself where it is a file; sorted, without hidden ones. */
function filesUnder(root: string, path: string): string[] {
  if (!existsSync(join(root, path))) return []
  const entries = readdirSync(join(root, path), { withFileTypes: true })
  return entries
    .filter((entry) => !entry.name.startsWith('.'))
    .flatMap((entry) => {
      const inside = `${path}/${entry.name}`
      return entry.isDirectory() ? filesUnder(root, inside) : [inside]
    })
    .sort()
}

/** SHA-256 over the names and contents of all inputs: a touched but unchanged file changes nothing. */
function hashOfInputs(root: string): string {
  const hash = createHash('sha256')
  for (const input of inputs) {
    const files = input.includes('.') ? [input] : filesUnder(root, input)
    for (const file of files) {
      hash.update(`${file}\0`)
      if (existsSync(join(root, file))) hash.update(readFileSync(join(root, file)))
    }
  }
  return hash.digest('hex')
}

/** True where dist/ holds, complete, what the sources as they are now would give. */
export function bundleIsCurrent(root: string): boolean {
  try {
    const stamp = v.parse(stampSchema, JSON.parse(readFileSync(stampOf(root), 'utf8')))
    return stamp.inputs === hashOfInputs(root) && stamp.outputs.every((file) => existsSync(join(root, file)))
  } catch {
    return false
  }
}

/** Writes down what dist/ was made from, so that the next start can skip making it. */
export function stampBundle(root: string): void {
  const outputs = [...filesUnder(root, 'dist/renderer'), ...filesUnder(root, 'dist/electron')]
  writeFileSync(stampOf(root), JSON.stringify({ inputs: hashOfInputs(root), outputs }, null, 1))
}

/** Builds one of Electron's two entries into dist/electron with everything it needs in the one file. */
async function bundleForElectron(
  root: string,
  entry: string,
  format: 'es' | 'cjs',
  file: string,
): Promise<void> {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: 'dist/electron',
      emptyOutDir: false,
      target: 'node24',
      rolldownOptions: {
        external: ['electron', /^node:/],
        output: { format, entryFileNames: file, codeSplitting: false },
      },
    },
  })
}

/** Makes dist/: the renderer for both hosts, and the Electron host's main and preload. */
export async function bundle(root: string): Promise<void> {
  const { build } = await import('vite')
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  await bundleForElectron(root, 'electron/main.ts', 'es', 'main.js')
  // A sandboxed preload can load nothing: it has to be one CommonJS file.
  await bundleForElectron(root, 'electron/preload.ts', 'cjs', 'preload.cjs')
  stampBundle(root)
}

if (import.meta.main) {
  await bundle(join(import.meta.dirname, '..')).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
