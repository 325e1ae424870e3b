import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/**
 * Two projects: `unit` is everything in tests/unit, at most two files at a time; `printers` is everything in
 * tests/printers, one after the other, since each starts printers of its own.
 */
export default defineConfig({
  plugins: [vue()],
  test: {
    pool: 'forks',
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'printers',
          include: ['tests/printers/**/*.test.ts'],
          setupFiles: ['tests/printers/end-lab.ts'],
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
})
