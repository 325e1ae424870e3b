import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import * as v from 'valibot'
import type { FoundStick, StickSource } from './stick-source.ts'

const run = promisify(execFile)

// DriveType 2 is a removable drive; a stick that calls itself a fixed disk hangs on a disk of bus type USB.
const question = `
$usb = Get-Disk | Where-Object BusType -eq 'USB' | Get-Partition | Where-Object DriveLetter | ForEach-Object { "$($_.DriveLetter):" }
$drives = Get-CimInstance Win32_LogicalDisk | Where-Object { $_.DriveType -eq 2 -or $usb -contains $_.DeviceID }
$drives = @($drives | Where-Object { $_.DeviceID -ne $env:SystemDrive } | Select-Object DeviceID, VolumeName, Size, FileSystem)
[Console]::OutputEncoding = [Text.Encoding]::UTF8
ConvertTo-Json -InputObject $drives -Compress`

const drivesSchema = v.pipe(
  v.string(),
  v.trim(),
  v.parseJson(),
  v.array(
    v.object({
      DeviceID: v.pipe(v.string(), v.regex(/^[A-Z]:$/)),
      VolumeName: v.nullable(v.string()),
      Size: v.nullable(v.number()),
      FileSystem: v.nullable(v.string()),
    }),
  ),
)

/** Reads what PowerShell printed; throws `ValiError` where that is not its JSON. */
export function readDrives(json: string): readonly FoundStick[] {
  return v.parse(drivesSchema, json).flatMap(({ DeviceID, VolumeName, Size, FileSystem }) =>
    // A slot for cards without a card has neither.
    Size === null && FileSystem === null
      ? []
      : [
          {
            id: DeviceID,
            name: VolumeName || null,
            size: Size,
            state: FileSystem === null ? 'unknown-format' : 'ready',
            readOnly: false,
            folder: `${DeviceID}\\`,
            path: null,
          } as const,
        ],
  )
}

/** Sticks of a Windows machine, by asking PowerShell: some hundred milliseconds a look. Not tried on a machine yet. */
export function windowsSticks(
  ask: () => Promise<string> = async () =>
    (
      await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', question], {
        timeout: 10_000,
      })
    ).stdout,
): StickSource {
  return { mark: () => ask().catch(() => ''), look: async () => readDrives(await ask()) }
}
