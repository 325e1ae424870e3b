import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTicket, writeTicket } from '../../../../../electron/printing/ipp/ticket.ts'

test('a ticket written is read again as it was', () => {
  const ticket = fc.record({
    uri: fc.constantFrom(
      'ipp://printer/ipp/print',
      'ipps://[fe80::1]:631/',
      'http://localhost/printers/大厅',
    ),
    id: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    mark: fc.option(fc.string({ minLength: 1 })),
  })
  fc.assert(
    fc.property(ticket, (each) => {
      expect(readTicket(writeTicket(each))).toEqual(each)
    }),
  )
})

test('any text is a ticket or none', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void readTicket(text)))
  for (const text of ['', '7', '0  ipp://a/', '-1  ipp://a/', '7 %E0%A4%A ipp://a/', '99999999999  ipp://a/'])
    expect(readTicket(text)).toBeNull()
})
