import { defineConfig } from '@playwright/test'
import { findChromium } from './electron/find-chromium.ts'

const executablePath = findChromium()

/** End-to-end tests: the browser host's real pages in a real Chromium, on an upright and on a lying screen. */
export default defineConfig({
  testDir: 'tests/e2e',
  workers: 2,
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
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath !== null && { executablePath }),
      // Chromium refuses to run as root with its sandbox; anyone else keeps it.
      chromiumSandbox: process.getuid?.() !== 0,
    },
  },
  projects: [
    { name: 'browser-portrait', use: { viewport: { width: 1080, height: 1920 } } },
    { name: 'browser-landscape', grep: /@landscape/, use: { viewport: { width: 1920, height: 1080 } } },
  ],
})
