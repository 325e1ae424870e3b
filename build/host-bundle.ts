import { join } from 'node:path'

/** The programs of an installed kiosk, by the name they are called with. */
export const hostPrograms = {
  'browser-host': 'electron/browser-host.ts',
  doctor: 'build/doctor.ts',
  printer: 'build/printer.ts',
  screen: 'build/screen.ts',
  settings: 'build/settings.ts',
  staff: 'build/staff.ts',
} as const

/** What stays a package of its own beside the bundle: it reads files of its own. */
export const keptPackages = ['playwright-core'] as const

/** Bundles the host and its tools into `folder`, so that they run with the kept packages alone. */
export async function bundleHost(root: string, folder: string): Promise<void> {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: [...keptPackages] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries(hostPrograms).map(([name, source]) => [name, join(root, source)]),
        ),
        external: [/^node:/u, 'electron', ...keptPackages],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'part-[name].js' },
      },
    },
  })
}
