import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** What one guess costs (RFC 7914): N rounds over r × 128 × N bytes, p times. */
export type PinCost = { readonly N: number; readonly r: number; readonly p: number }

/** 32 MB and about a quarter of a second on a kiosk (OWASP, Password Storage). */
export const usualCost: PinCost = { N: 2 ** 15, r: 8, p: 3 }

const hashBytes = 32

/** What is kept of a PIN: "scrypt:N:r:p:salt:hash", the last two in base64url. */
export async function hashPin(pin: string, cost: PinCost = usualCost): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(pin, salt, cost)
  const { N, r, p } = cost
  return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join(':')
}

/** Whether `pin` is the one that was kept, compared in constant time; what was kept in another form is nobody's. */
export async function isPin(pin: string, kept: string): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = /^scrypt:(\d+):(\d+):(\d+):([\w-]+):([\w-]+)$/u.exec(kept) ?? []
  const expected = Buffer.from(hash, 'base64url')
  if (expected.length !== hashBytes) return false
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  return timingSafeEqual(await derive(pin, Buffer.from(salt, 'base64url'), cost), expected)
}

function derive(pin: string, salt: Buffer, { N, r, p }: PinCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, hashBytes, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
