import { afterAll } from 'vitest'
import { endLab } from '../fixtures/lab-processes.ts'

/* Set up before each file of tests with printers. */
afterAll(endLab)
