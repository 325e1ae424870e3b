import { execFile } from 'node:child_process'
import type { Run } from './spooler.ts'

/** Milliseconds after which a program is ended, longer than whoever waits for it waits. */
const limit = 60_000
/** As much as a program may say, in bytes. */
const mostOutput = 4 * 1024 * 1024

/** Runs a program without a window and without a shell; one that is ended from outside or by the limit has code -1. */
export const runProgram: Run = (program, args) =>
  new Promise((resolve, reject) => {
    const options = { timeout: limit, windowsHide: true, maxBuffer: mostOutput }
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) return resolve({ code: 0, stdout, stderr })
      if (typeof error.code === 'number') return resolve({ code: error.code, stdout, stderr })
      if (error.killed || error.signal) return resolve({ code: -1, stdout, stderr })
      return reject(error)
    })
  })
