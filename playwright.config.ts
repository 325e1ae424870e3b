import { defineConfig } from '@playwright/test'
import { installedElectron } from './build/electron-binary.ts'
import { findChromium } from './electron/find-chromium.ts'
import type { HostOption } from './tests/e2e/fixture.ts'

const executablePath = findChromium()
const portrait = { width: 1080, height: 1920 }
const landscape = { width: 1920, height: 1080 }

/**
 * End-to-end tests: the same specs on either host, in a real Chromium, on an upright and on a lying screen.
 * Where Electron's binary is not to be had, its project consists of one test whose title says so.
 */
export default defineConfig<HostOption>({
  testDir: 'tests/e2e',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  // Two shared cores, a Chromium that draws and another that is driven: slow is not wrong.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'node_modules/.cache/reports/e2e.json' }]],
  use: {
    browserName: 'chromium',
    hasTouch: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // A button that does not come is told at once, not when the test's time is up.
    actionTimeout: 20_000,
    // Recording costs a quarter of each test's time: `npm test -- e2e FILE --trace retain-on-failure` records what fails.
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath !== null && { executablePath }),
      // Chromium refuses to run as root with its sandbox; anyone else keeps it.
      chromiumSandbox: process.getuid?.() !== 0,
    },
  },
  projects: [
    {
      name: 'browser-portrait',
      testIgnore: 'electron-missing.spec.ts',
      use: { viewport: portrait, hostKind: 'browser' },
    },
    {
      name: 'browser-landscape',
      testIgnore: 'electron-missing.spec.ts',
      grep: /@landscape/,
      use: { viewport: landscape, hostKind: 'browser' },
    },
    installedElectron(import.meta.dirname, process.env) === null
      ? { name: 'electron', testMatch: 'electron-missing.spec.ts' }
      : {
          name: 'electron',
          // What is measured of the renderer alone is measured once.
          testIgnore: [
            'electron-missing.spec.ts',
            'cover.spec.ts',
            'every-service.spec.ts',
            'geometry.spec.ts',
            // It watches the calls, which there go over a bridge that no test sees.
            'usage.spec.ts',
            'geometry-finds.spec.ts',
            'accessible.spec.ts',
            // Chromium's window and its supervisor; Electron's host has its own.
            'recovery.spec.ts',
          ],
          use: { viewport: portrait, hostKind: 'electron' },
        },
  ],
})
