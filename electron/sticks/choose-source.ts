import { folderSticks, linuxSticks, type StickSource } from './stick-source.ts'
import { windowsSticks } from './windows-sticks.ts'

/** The sticks of this machine; or folders that stand for them, where any are given. */
export function chooseStickSource(
  folders: readonly string[],
  platform: NodeJS.Platform = process.platform,
): StickSource {
  if (folders.length > 0) return folderSticks(folders)
  if (platform === 'linux') return linuxSticks()
  return platform === 'win32' ? windowsSticks() : folderSticks([])
}
