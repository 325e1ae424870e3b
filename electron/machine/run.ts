import { execFile } from 'node:child_process'

/** What a program said, and its exit code; null where it could not be started or took too long. */
export type ProgramReply = { readonly code: number; readonly out: string }

/** Runs a program of the system without a shell; never rejects. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<ProgramReply | null>

/** Milliseconds a program of the system may take. */
const limit = 8000

/** Runs a program of this machine; its two outputs come as one text. */
export const runProgram: RunProgram = (program, args) =>
  new Promise((resolve) => {
    const options = { timeout: limit, windowsHide: true, maxBuffer: 4 * 1024 * 1024 }
    execFile(program, [...args], options, (error, stdout, stderr) => {
      const out = `${stdout}${stderr}`
      if (error === null) resolve({ code: 0, out })
      else resolve(typeof error.code === 'number' ? { code: error.code, out } : null)
    })
  })
