import { test } from '@playwright/test'

test.skip('every journey on the Electron host — not run: there is no Electron binary here; with one (ELECTRON_OVERRIDE_DIST_PATH, or a network for npm start) npm test runs them', () => {})
