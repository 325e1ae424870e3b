import { expect, it } from 'vitest'
import { runProgram } from '../../../../electron/printing/windows/run-program.ts'

const node = (script: string, ...args: readonly string[]) =>
  runProgram(process.execPath, ['-e', script, ...args])

it('gives what a program said and how it ended', async () => {
  expect(await node("console.log('出纸'); console.error('慢')")).toEqual({
    code: 0,
    stdout: '出纸\n',
    stderr: '慢\n',
  })
  expect(await node('process.exit(3)')).toMatchObject({ code: 3 })
})

it('hands arguments over as they are: no shell reads them', async () => {
  const args = ['a b', '$(id)', '`id`', '"', "'", '%PATH%', '激光打印机']
  const { stdout } = await node('console.log(JSON.stringify(process.argv.slice(1)))', ...args)
  expect(JSON.parse(stdout)).toEqual(args)
})

it('tells a program that was ended from one that failed, and rejects where there is none', async () => {
  expect(await node("process.kill(process.pid, 'SIGKILL')")).toMatchObject({ code: -1 })
  await expect(runProgram('/nowhere/helper.exe', [])).rejects.toThrow('ENOENT')
})
