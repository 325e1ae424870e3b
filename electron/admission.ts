import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Who is let in: whoever has the cookie, which links with a token give. The secrets of one start tell nothing of each
 * other, since every account of the machine can read what stands in a command line.
 */
export type Admission = {
  /** The value of the cookie. */
  readonly cookie: string
  /** The token of the link that works as often as it is opened: for no command line. */
  readonly token: string
  /** A token that works once, and not at all any more once another was asked for. */
  readonly invite: () => string
  /** Whether a link with that token lets in; what works once also asks who comes, and is used up only if it does. */
  readonly takes: (token: string, isOwn: () => Promise<boolean>) => Promise<boolean>
  readonly knows: (cookie: string) => boolean
}

export function createAdmission(): Admission {
  const cookie = secret()
  const token = secret()
  let invitation: string | null = null
  const isInvitation = (offered: string): boolean => invitation !== null && isSame(offered, invitation)
  return {
    cookie,
    token,
    invite: () => (invitation = secret()),
    takes: async (offered, isOwn) => {
      if (isSame(offered, token)) return true
      // Looked at again after the wait: of two that come at once, one is let in.
      if (!isInvitation(offered) || !(await isOwn()) || !isInvitation(offered)) return false
      invitation = null
      return true
    },
    knows: (value) => isSame(value, cookie),
  }
}

function secret(): string {
  return randomBytes(24).toString('base64url')
}

function isSame(given: string, wanted: string): boolean {
  // Hashes are of one length, which the comparison needs, and tell nothing of where two texts differ.
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(wanted))
}
