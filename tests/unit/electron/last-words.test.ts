import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { endOnFault } from '../../../electron/last-words.ts'
import { memoryLog } from '../../fixtures/hosts.ts'

it.each(['uncaughtException', 'unhandledRejection'])(
  '%s is logged and ends the program with 1, once',
  (event) => {
    const source = new EventEmitter()
    const log = memoryLog()
    const ends: number[] = []
    endOnFault(log, (code) => ends.push(code), source)
    const fault = new Error('nobody dealt with this')
    source.emit(event, fault)
    source.emit('uncaughtException', new Error('while ending'))
    expect(ends).toStrictEqual([1])
    expect(log.lines).toMatchObject([{ level: 'error', fields: { event, error: fault } }])
  },
)
