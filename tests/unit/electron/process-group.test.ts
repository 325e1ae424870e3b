import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { isAlive } from '../../../electron/process-group.ts'

describe('isAlive', () => {
  it('tells a program that runs from one that has ended', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const pid = child.pid ?? 0
    expect(isAlive(pid)).toBe(true)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(isAlive(pid)).toBe(false)
  })

  it.runIf(process.platform === 'linux')(
    'does not take a program for alive that has ended and was not asked after (Linux only: elsewhere the system cannot be asked)',
    async () => {
      const shell = spawn('sh', ['-c', 'sleep 60 & echo $!; wait'])
      const [line] = (await once(shell.stdout, 'data')) as [Buffer]
      const pid = Number(line.toString().trim())
      expect(isAlive(pid)).toBe(true)
      // A parent that stands still asks after nobody: its child stays behind, ended.
      shell.kill('SIGSTOP')
      await vi.waitFor(() => expect(readFileSync(`/proc/${shell.pid}/stat`, 'utf8')).toMatch(/\) T/u))
      process.kill(pid, 'SIGKILL')
      await vi.waitFor(() => expect(isAlive(pid)).toBe(false))
      expect(process.kill(pid, 0)).toBe(true)
      shell.kill('SIGKILL')
      await once(shell, 'exit')
    },
  )
})
