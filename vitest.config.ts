import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Unit tests: everything in tests/unit, at most two files at a time. */
export default defineConfig({
  plugins: [vue()],
  test: {
    include: ['tests/unit/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
  },
})
