import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { usualSettings } from '../../../../data/settings.ts'
import { readSettingsText } from '../../../../data/settings-reading.ts'
import { fileOf } from '../../../../electron/editions/edition-store.ts'
import { sha256 } from '../../../../electron/editions/keys.ts'
import { changeRecord } from '../../../../electron/editions/record.ts'
import { openJournal } from '../../../../electron/journal.ts'
import {
  checkClock,
  checkJournals,
  checkSettingsLink,
  examinePrinter,
  examineSettings,
} from '../../../../electron/machine/check-kiosk.ts'
import { checkFonts, checkScreen } from '../../../../electron/machine/check-screen.ts'
import {
  checkDisk,
  checkLock,
  checkPermissions,
  checkSandbox,
  checkUsb,
} from '../../../../electron/machine/check-system.ts'
import { checkUnits } from '../../../../electron/machine/check-units.ts'
import { examineContent } from '../../../../electron/machine/check-content.ts'
import type { Check, Examination, Machine } from '../../../../electron/machine/examination.ts'
import { thisMachine } from '../../../../electron/machine/this-machine.ts'
import { aBundle, someFiles } from '../../../fixtures/editions.ts'
import { contentFolder, memoryLog, noon, temporaryFolder } from '../../../fixtures/hosts.ts'

const place = { state: '/state', prints: '/state', renderer: '/renderer', settings: usualSettings }

type Replies = Readonly<Record<string, string | null>>

/** What a program says by its command line; one that is left out is not installed, null fails. */
const running =
  (replies: Replies): Machine['run'] =>
  async (program, args) => {
    const reply = replies[[program, ...args].join(' ')]
    if (reply === undefined) return null
    return reply === null ? { code: 1, out: '' } : { code: 0, out: reply }
  }

const files =
  (texts: Readonly<Record<string, string>>): Machine['read'] =>
  (file) =>
    texts[file] ?? null

const one = { uid: 1, mode: 0o40750, size: 10 }

/** A machine on which all is as it should be, but for what `changes` says. */
function aMachine(changes: Partial<Machine> = {}): Machine {
  return {
    run: running({}),
    read: files({}),
    list: () => [],
    entry: () => one,
    canWrite: () => true,
    freeBytes: () => 20e9,
    now: () => noon,
    env: { DISPLAY: ':0' },
    platform: 'linux',
    uid: 1,
    ...changes,
  }
}

const turned = {
  'xrandr --query': 'HDMI-1 connected primary 1920x1080+0+0 (normal left inverted right x axis y axis)',
  'xinput list --long': '⎜   ↳ Panel  id=10\t[slave]\n\t\tTouch mode: direct\n',
  'xinput list-props 10': 'Coordinate Transformation Matrix (1):\t1, 0, 0, 0, 1, 0, 0, 0, 1',
}
const portrait = { ...usualSettings, screen: { ...usualSettings.screen, rotation: 'left' as const } }
const locked = {
  'systemctl is-enabled display-manager.service': null,
  'systemctl get-default': 'graphical.target\n',
  'xmodmap -pm': 'shift       Shift_L (0x32),  Shift_R (0x3e)\ncontrol   \nmod1      \n',
}
const unitsUp = {
  'systemctl is-enabled lobby-kiosk.service': 'enabled\n',
  'systemctl is-enabled lobby-kiosk-screen.service': 'enabled\n',
  'systemctl is-active lobby-kiosk.service': 'active\n',
  'systemctl is-active lobby-kiosk-screen.service': 'active\n',
}
const systemd = { '/proc/1/comm': 'systemd\n', '/proc/sys/kernel/sysrq': '0\n' }
const clock = checkClock('2026-11-20.1', 'Asia/Shanghai')
const rtc = { '/sys/class/rtc/rtc0/since_epoch': String(noon.getTime() / 1000) }
const reading = { '/proc/filesystems': '\tvfat\n\texfat\n', '/proc/self/mounts': '' }

const states = (found: readonly Examination[]): string[] =>
  found.map(({ check, state }) => `${check} ${state}`)

describe('a check', () => {
  it.each<[string, Check, Partial<Machine>, string[], RegExp | null]>([
    [
      'of a screen that is right',
      checkScreen,
      { run: running(turned) },
      ['display good', 'rotation good', 'touch good'],
      null,
    ],
    ['of no X server', checkScreen, {}, ['display bad'], /Run this on a desktop/u],
    [
      'of a screen without touch',
      checkScreen,
      { run: running({ ...turned, 'xinput list --long': '' }) },
      ['display good', 'rotation good', 'touch bad'],
      /USB cable/u,
    ],
    [
      'of touches that are turned otherwise',
      checkScreen,
      {
        run: running({
          ...turned,
          'xinput list-props 10': 'Coordinate Transformation Matrix (1):\t0, -1, 1, 1, 0, 0, 0, 0, 1',
        }),
      },
      ['display good', 'rotation good', 'touch bad'],
      /npm run screen/u,
    ],
    ['of room enough', checkDisk, {}, ['disk good'], null],
    ['of little room', checkDisk, { freeBytes: () => 500e6 }, ['disk look'], /Remove files/u],
    ['of no room', checkDisk, { freeBytes: () => 50e6 }, ['disk bad'], /Remove files/u],
    ['of no folder', checkDisk, { freeBytes: () => null }, ['disk bad'], /Install/u],
    ['of a folder that is ours', checkPermissions, {}, ['permissions good'], null],
    [
      'of a folder that is not ours',
      checkPermissions,
      { canWrite: () => false },
      ['permissions bad'],
      /chown/u,
    ],
    [
      'of a file inside that is not ours',
      checkPermissions,
      {
        list: () => ['staff.sqlite', 'staff.sqlite-shm'],
        canWrite: (path) => !path.startsWith('/state/staff'),
      },
      ['permissions bad'],
      /chown/u,
    ],
    [
      'of slips that would go into a file',
      checkPermissions,
      { entry: () => ({ ...one, mode: 0o100640 }) },
      ['permissions bad'],
      /Move it away/u,
    ],
    [
      'of a folder that is everybody’s',
      checkPermissions,
      { entry: () => ({ ...one, mode: 0o40777 }) },
      ['permissions bad'],
      /chmod/u,
    ],
    ['of root', checkPermissions, { uid: 0 }, ['permissions look'], /lobby-kiosk/u],
    [
      'of namespaces for everyone',
      checkSandbox,
      { run: running({ 'unshare --user true': '' }), entry: () => null },
      ['sandbox good'],
      null,
    ],
    [
      'of a sandbox helper of root’s',
      checkSandbox,
      { run: running({ 'unshare --user true': null }), entry: () => ({ ...one, uid: 0, mode: 0o104755 }) },
      ['sandbox good'],
      null,
    ],
    [
      'of a sandbox helper that starts as nobody else',
      checkSandbox,
      { run: running({ 'unshare --user true': null }), entry: () => ({ ...one, uid: 0, mode: 0o100755 }) },
      ['sandbox bad'],
      /chromium-sandbox/u,
    ],
    [
      'of no sandbox that could be asked after',
      checkSandbox,
      { entry: () => null },
      ['sandbox look'],
      /chromium-sandbox/u,
    ],
    ['of root’s sandbox', checkSandbox, { uid: 0 }, [], null],
    [
      'of sticks that will be read',
      checkUsb,
      { run: running({ 'lsblk --version': '' }), read: files(reading) },
      ['usb good'],
      null,
    ],
    [
      'of sticks without rules',
      checkUsb,
      { run: running({ 'lsblk --version': '' }), read: files(reading), entry: () => null },
      ['usb bad'],
      /deb/u,
    ],
    [
      'of a system without exFAT',
      checkUsb,
      {
        run: running({ 'lsblk --version': '', 'modinfo exfat': null }),
        read: files({ '/proc/filesystems': '\tvfat\n' }),
      },
      ['usb look'],
      /exfat/u,
    ],
    [
      'of a stick that is mounted',
      checkUsb,
      {
        run: running({ 'lsblk --version': '' }),
        read: files({
          ...reading,
          '/proc/self/mounts': '/dev/sdb1 /run/media/lobby-kiosk/sdb1 vfat ro,nodev 0 0\n',
        }),
      },
      ['usb good'],
      null,
    ],
    [
      'of a system that is locked',
      checkLock,
      { run: running(locked), read: files(systemd) },
      ['lock good'],
      null,
    ],
    [
      'of a system whose keyboards have all their keys',
      checkLock,
      {
        run: running({ ...locked, 'xmodmap -pm': 'control     Control_L (0x25),  Control_R (0x69)\n' }),
        read: files(systemd),
      },
      ['lock look'],
      /lobby-kiosk-screen/u,
    ],
    [
      'of a system that is open',
      checkLock,
      {
        run: running({
          'systemctl is-enabled display-manager.service': 'enabled',
          'systemctl get-default': 'multi-user.target',
        }),
        read: files({ ...systemd, '/proc/sys/kernel/sysrq': '176\n' }),
        entry: () => null,
      },
      ['lock look', 'lock bad', 'lock bad', 'lock look'],
      /sysrq=0/u,
    ],
    [
      'of a kiosk that runs',
      checkUnits,
      { run: running(unitsUp), read: files(systemd) },
      ['service good'],
      null,
    ],
    [
      'of a kiosk that is stopped or starts again and again',
      checkUnits,
      {
        run: running({
          ...unitsUp,
          'systemctl is-active lobby-kiosk.service': 'activating\n',
          'systemctl is-active lobby-kiosk-screen.service': 'inactive\n',
        }),
        read: files(systemd),
      },
      ['service bad', 'service bad'],
      /systemctl restart lobby-kiosk-screen/u,
    ],
    [
      'of a kiosk that does not start by itself',
      checkUnits,
      { read: files(systemd) },
      ['service bad', 'service bad'],
      /enable --now/u,
    ],
    ['of units where no systemd runs', checkUnits, {}, [], null],
    ['of a clock that is right', clock, { read: files(rtc) }, ['clock good'], null],
    [
      'of a clock before the edition',
      clock,
      { now: () => new Date(0), read: files({}) },
      ['clock bad', 'clock look'],
      /Set the clock/u,
    ],
    [
      'of a clock that jumped back',
      clock,
      { read: files({ ...rtc, '/state/last-seen': '2027-01-01T00:00:00.000Z' }) },
      ['clock bad'],
      /Set the clock/u,
    ],
    [
      'of a board whose clock is off',
      clock,
      { read: files({ '/sys/class/rtc/rtc0/since_epoch': '0' }) },
      ['clock bad'],
      /hwclock/u,
    ],
    [
      'of a system in another zone',
      clock,
      { read: files(rtc), run: running({ 'timedatectl show --property=Timezone --value': 'Etc/UTC\n' }) },
      ['clock look'],
      /set-timezone Asia\/Shanghai/u,
    ],
    ['of typefaces that are missing', checkFonts, {}, ['fonts bad'], /Install this program again/u],
  ])('%s', async (_of, check, changes, expected, help) => {
    const found = await check(aMachine(changes), place)
    expect(states(found)).toEqual(expected)
    const first = found.find(({ state }) => state !== 'good')
    if (help === null) expect(first).toBeUndefined()
    else expect(first?.help?.en).toMatch(help)
    for (const { state, said, help: words } of found) {
      expect(said['zh-CN']).toMatch(/\p{Script=Han}|^\//u)
      expect(words === null).toBe(state === 'good')
    }
  })

  it('of a picture that is turned otherwise than set says both', async () => {
    const found = await checkScreen(aMachine({ run: running(turned) }), { ...place, settings: portrait })
    expect(found[1]).toMatchObject({
      state: 'bad',
      said: { en: expect.stringMatching(/turned normal.*say left/u) },
    })
  })

  it('of a display that is not there names those that are', async () => {
    const settings = { ...usualSettings, screen: { ...usualSettings.screen, output: 'VGA-1' } }
    const found = await checkScreen(aMachine({ run: running(turned) }), { ...place, settings })
    expect(found[0]).toMatchObject({ state: 'bad', said: { en: expect.stringMatching(/VGA-1.*HDMI-1/u) } })
    expect(found[1]).toMatchObject({ check: 'display', state: 'good' })
  })

  it('of no display at all says to look at its cable', async () => {
    const found = await checkScreen(aMachine({ run: running({ ...turned, 'xrandr --query': '' }) }), place)
    expect(found).toMatchObject([{ state: 'bad', help: { en: 'Check its power and cable.' } }])
  })
})

it('what is wrong in the settings file is told as the staff screen tells it', () => {
  const { problems } = readSettingsText('{ "papr": "a5" }')
  expect(examineSettings({ file: '/state/kiosk.jsonc', problems })).toMatchObject([
    {
      state: 'bad',
      said: problems[0]?.text,
      help: {
        'zh-CN': '改正 /state/kiosk.jsonc，再运行 npm start',
        en: 'Put /state/kiosk.jsonc right, then run: npm start',
      },
    },
  ])
  expect(examineSettings({ file: '/state/kiosk.jsonc', problems: [] })).toMatchObject([
    { state: 'good', said: { en: 'the settings file is understood' } },
  ])
  expect(examineSettings({ file: null, problems: [] })).toMatchObject([
    { state: 'good', said: { en: 'there is no settings file, so everything is as usual' } },
  ])
})

it.each([
  ['folder', null, 'look'],
  ['cups:Lobby', { kind: 'ready', warnings: [] }, 'good'],
  ['cups:Lobby', { kind: 'ready', warnings: ['paper-low'] }, 'look'],
  ['cups:Lobby', { kind: 'blocked', problem: 'offline' }, 'bad'],
  ['cups:Lobby', null, 'bad'],
] as const)('a printer %s that says %j is %s', (name, status, state) => {
  const copied = status?.kind === 'ready' ? { ...status, warnings: [...status.warnings] } : status
  expect(examinePrinter(name, copied, ['Lobby'])).toMatchObject([{ state }])
})

it('a queue that CUPS does not have is told apart from a printer that does not answer', () => {
  const blocked = { kind: 'blocked', problem: 'offline' } as const
  const [{ said, help } = {}] = examinePrinter('cups:Loby', blocked, ['Lobby'])
  expect([said?.en, help?.en].join(' ')).toMatch(
    /no queue Loby; there are: cups:Lobby.*npm run settings -- printer/u,
  )
  expect(examinePrinter('cups:Loby', blocked, [])[0]?.said.en).toBe('CUPS does not run, or has no queue Loby')
})

describe('on this machine', () => {
  it('a journal is whole until it is damaged', async () => {
    const state = await temporaryFolder('state')
    expect(states(await checkJournals(thisMachine, { ...place, state }))).toEqual(['journal good'])
    openJournal(state, () => noon).close()
    expect(await checkJournals(thisMachine, { ...place, state })).toMatchObject([
      { state: 'good', said: { en: 'journal.sqlite is whole' } },
    ])
    await writeFile(join(state, 'journal.sqlite'), 'x'.repeat(8192))
    expect(states(await checkJournals(thisMachine, { ...place, state }))).toEqual(['journal bad'])
  })

  it('staff’s database that is damaged says what becomes of the PINs, and one that is closed what to run', async () => {
    const state = await temporaryFolder('state')
    await writeFile(join(state, 'staff.sqlite'), 'x'.repeat(8192))
    expect(await checkJournals(thisMachine, { ...place, state })).toMatchObject([
      { state: 'bad', help: { en: expect.stringContaining('PINs') } },
    ])
    const closed = { ...thisMachine, canWrite: () => false }
    expect(await checkJournals(closed, { ...place, state })).toMatchObject([
      { state: 'bad', help: { en: expect.stringContaining('chown') } },
    ])
  })

  it.each([
    ['no such link', {}, []],
    ['a link', { '/etc/lobby-kiosk/kiosk.jsonc': '{}', '/state/kiosk.jsonc': '{}' }, []],
    [
      'a file with settings of its own',
      { '/etc/lobby-kiosk/kiosk.jsonc': '{ "paper": "a5" }', '/state/kiosk.jsonc': '{}' },
      ['settings bad'],
    ],
  ])('below /etc is %s', async (_of, texts, expected) => {
    expect(states(await checkSettingsLink(aMachine({ read: files(texts) }), place))).toEqual(expected)
  })

  it.each([
    ['that is sound', someFiles(), ['content good', 'kiosk bad']],
    ['that this version cannot read', { ...someFiles(), 'catalogue.json': '{}' }, ['content bad']],
  ])('an edition %s is looked at as the kiosk would', async (_of, files, expected) => {
    const state = await temporaryFolder('state')
    const editions = join(state, 'editions')
    const bytes = await aBundle({}, { files })
    const id = '1-0123456789ab'
    await mkdir(join(editions, 'gen'), { recursive: true })
    await writeFile(fileOf(editions, id), bytes)
    changeRecord(editions, (record) => ({
      ...record,
      current: id,
      entries: [
        {
          id,
          sequence: 1,
          edition: '2026-11-24.1',
          content: sha256(bytes),
          file: sha256(bytes),
          origin: 'bundle',
          who: '',
          source: '',
          signer: null,
          created: noon.toISOString(),
          expires: null,
          installed: noon.toISOString(),
          failed: false,
        },
      ],
    }))
    const { found } = await examineContent({
      folder: await contentFolder(),
      state,
      kiosk: 'lobby-9',
      log: memoryLog(),
    })
    expect(states(found)).toEqual(expected)
  })

  it('a kiosk that the content does not know is told of, and one that it knows is not', async () => {
    const state = await temporaryFolder('state')
    const look = async (kiosk: string | null) => {
      const { found } = await examineContent({
        folder: await contentFolder(),
        state,
        kiosk,
        log: memoryLog(),
      })
      return states(found)
    }
    expect(await look(null)).toEqual(['content good'])
    expect(await look('lobby-1')).toEqual(['content good'])
    expect(await look('lobby-9')).toEqual(['content good', 'kiosk bad'])
  })

  it('files, folders, room and rights are seen, and what is not there is no fault', async () => {
    const state = await temporaryFolder('state')
    await mkdir(join(state, 'logs'))
    expect(thisMachine.list(state)).toEqual(['logs'])
    expect(thisMachine.canWrite(state)).toBe(true)
    expect(thisMachine.freeBytes(state)).toBeGreaterThan(0)
    expect(thisMachine.entry(state)?.mode).toBeGreaterThan(0)
    const none = join(state, 'none')
    const { read, list, entry, canWrite, freeBytes } = thisMachine
    expect([read(none), list(none), entry(none), canWrite(none), freeBytes(none)]).toEqual([
      null,
      [],
      null,
      false,
      null,
    ])
  })

  it('a program’s words and code come back, and one that is not there is null', async () => {
    expect(await thisMachine.run(process.execPath, ['-e', 'console.log(1); process.exitCode = 3'])).toEqual({
      code: 3,
      out: '1\n',
    })
    expect(await thisMachine.run('/none/such', [])).toBeNull()
  })
})
