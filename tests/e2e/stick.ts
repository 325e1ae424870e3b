import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'

/** A stick that is plugged in and pulled out: an image with a file system of its own where this machine lets us mount one, else a folder. */
export type TestStick = {
  readonly folder: string
  readonly plug: () => void
  /** Throws where the kiosk does not let go of it within two seconds: it may be just looking what is on it. */
  readonly pull: () => Promise<void>
}

const mkfs = ['/usr/sbin/mkfs.ext4', '/sbin/mkfs.ext4'].find((path) => existsSync(path))

/** Whether sticks under test are mounted images. */
export const isImage = process.platform === 'linux' && process.getuid?.() === 0 && mkfs !== undefined

/** Makes a stick, not plugged in, and removes it in the end. */
export async function withStick(use: (stick: TestStick) => Promise<void>): Promise<void> {
  const base = mkdtempSync(join(tmpdir(), 'kiosk-stick-'))
  const folder = join(base, '优盘')
  const image = join(base, 'stick.img')
  if (isImage) {
    writeFileSync(image, '')
    truncateSync(image, 64 * 1024 * 1024)
    execFileSync(mkfs ?? '', ['-q', image])
  }
  let isPlugged = false
  const pull = async (): Promise<void> => {
    if (!isPlugged) return
    if (isImage)
      await expect(() => execFileSync('umount', [folder], { stdio: 'pipe' })).toPass({ timeout: 2000 })
    isPlugged = false
    rmSync(folder, { recursive: true })
  }
  const plug = (): void => {
    mkdirSync(folder)
    if (isImage) execFileSync('mount', ['-o', 'loop,nodev,nosuid,noexec', image, folder])
    isPlugged = true
  }
  await use({ folder, plug, pull })
  await pull()
  rmSync(base, { recursive: true, force: true })
}
