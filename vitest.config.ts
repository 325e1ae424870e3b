import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/**
 * Three projects: `unit` is everything in tests/unit, at most two files at a time; `printers` and `faults` are
 * everything in those folders, one after the other, since each starts printers or mounts file systems of its own.
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
      // A property is tried many times; a busy machine is no fault.
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 20_000 } },
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
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
})
