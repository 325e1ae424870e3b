import { once } from 'node:events'
import { type Socket, connect, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { callerOf, isOwnConnection } from '../../../../electron/machine/socket-owner.ts'

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1248 00000000:0000 0A 00000000:00000000 00:00000000 00000000   998        0 608831 1 0
   1: 0100007F:1248 0100007F:0BB8 01 00000000:00000000 00:00000000 00000000   998        0 608832 1 0
   2: 0100007F:0BB8 0100007F:1248 01 00000000:00000000 00:00000000 00000000  1000        0 608833 1 0
   3: 0100007F:0BB9 0200007F:1248 01 00000000:00000000 00:00000000 00000000  1001        0 608834 1 0
`
const ends = { remoteAddress: '127.0.0.1', remotePort: 3000, localPort: 4680 }

it.each([
  { title: 'the account at the other end', changes: {}, expected: 1000 },
  { title: 'nobody from another port', changes: { remotePort: 3002 }, expected: null },
  { title: 'nobody who calls another address', changes: { remotePort: 3001 }, expected: null },
  { title: 'nobody from another address', changes: { remoteAddress: '127.0.0.5' }, expected: null },
  { title: 'nobody who is gone', changes: { remotePort: undefined }, expected: null },
])('finds $title', ({ changes, expected }) => {
  expect(callerOf(table, { ...ends, ...changes })).toBe(expected)
})

it('knows a connection of its own', async () => {
  const server = createServer()
  const arrived = new Promise<Socket>((resolve) => server.once('connection', resolve))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const socket = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1')
  expect(await isOwnConnection(await arrived)).toBe(true)
  socket.destroy()
  server.close()
})
