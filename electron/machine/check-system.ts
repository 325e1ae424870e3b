import { type Check, type Examination, good, wrong } from './examination.ts'

const megabyte = 1024 * 1024

/** Room for slips, the journal and a new edition. */
export const checkDisk: Check = async ({ freeBytes }, { state, prints }) =>
  [...new Set([state, prints])].map((folder) => {
    const free = freeBytes(folder)
    if (free === null) {
      return wrong(
        'disk',
        'bad',
        [`${folder} 不存在`, `${folder} is not there`],
        ['重新安装本软件', 'Install this program again.'],
      )
    }
    const megabytes = Math.floor(free / megabyte)
    const help = [
      '删去不要的文件，或换大一点的硬盘',
      'Remove files that are not needed, or use a larger disk.',
    ] as const
    const said = [`${folder} 所在硬盘只剩 ${megabytes} MB`, `${megabytes} MB are free for ${folder}`] as const
    if (megabytes < 200) return wrong('disk', 'bad', said, help)
    if (megabytes < 1000) return wrong('disk', 'look', said, help)
    return good('disk', `${folder} 所在硬盘还有 ${megabytes} MB`, said[1])
  })

/** Bits of a mode, and what they are of a folder. */
const [kindOfFile, aFolder] = [0o170000, 0o040000]

/** Whether the kiosk may write what it must, and nobody else may. */
export const checkPermissions: Check = async (
  { entry, list, canWrite, uid, platform },
  { state, prints },
) => {
  const found: Examination[] = []
  // The two beside a database come and go with whoever reads it.
  const inside = list(state).filter((name) => !/-(?:wal|shm)$/u.test(name))
  const needed = canWrite(state) ? [...inside.map((name) => `${state}/${name}`), prints] : [state]
  const closed = [...new Set(needed)].filter((path) => !canWrite(path)).join(', ')
  if (closed !== '') {
    found.push(
      wrong(
        'permissions',
        'bad',
        [`本程序不能写 ${closed}`, `this account may not write to ${closed}`],
        [`运行 sudo chown -R lobby-kiosk: ${state}`, `Run: sudo chown -R lobby-kiosk: ${state}`],
      ),
    )
  } else if (((entry(prints)?.mode ?? 0) & kindOfFile) !== aFolder) {
    found.push(
      wrong(
        'permissions',
        'bad',
        [`${prints} 不是文件夹，清单存不进去`, `${prints} is no folder, so no slip can be kept there`],
        ['把它移走再重新启动', 'Move it away and restart the kiosk.'],
      ),
    )
  } else if (platform !== 'win32' && ((entry(state)?.mode ?? 0) & 0o002) !== 0) {
    found.push(
      wrong(
        'permissions',
        'bad',
        [`谁都能改 ${state}`, `anybody may write to ${state}`],
        [`运行 sudo chmod 750 ${state}`, `Run: sudo chmod 750 ${state}`],
      ),
    )
  }
  if (uid === 0) {
    found.push(
      wrong(
        'permissions',
        'look',
        [
          '现在是以 root 的身份运行，Chromium 没有沙箱',
          'this runs as root, and Chromium has no sandbox then',
        ],
        ['让 lobby-kiosk 这个用户来运行', 'Let the user lobby-kiosk run it.'],
      ),
    )
  }
  return found.length > 0
    ? found
    : [good('permissions', `${state} 归本程序使用`, `${state} is this account’s own`)]
}

/** Where Chromium's own helper lies, in the distribution's, in Google's and in an installed Electron. */
const sandboxHelpers = [
  '/usr/lib/chromium/chrome-sandbox',
  '/usr/lib/chromium-browser/chrome-sandbox',
  '/opt/google/chrome/chrome-sandbox',
  '/opt/lobby-kiosk/chrome-sandbox',
]
const asRootWhoeverStarts = 0o4000

/** Chromium does not start without its sandbox: the kernel's namespaces, or a helper that belongs to root. */
export const checkSandbox: Check = async ({ run, entry, platform, uid }) => {
  // Of root, who has none, the permissions tell.
  if (platform !== 'linux' || uid === 0) return []
  const fine = good('sandbox', 'Chromium 的沙箱可以用', 'Chromium has its sandbox')
  const apart = await run('unshare', ['--user', 'true'])
  if (apart?.code === 0) return [fine]
  const helps = (path: string): boolean => {
    const helper = entry(path)
    return helper !== null && helper.uid === 0 && (helper.mode & asRootWhoeverStarts) !== 0
  }
  if (sandboxHelpers.some(helps)) return [fine]
  const help = ['安装 chromium-sandbox', 'Install chromium-sandbox.'] as const
  return [
    apart === null
      ? wrong(
          'sandbox',
          'look',
          ['看不出 Chromium 的沙箱能不能用', 'whether Chromium has its sandbox cannot be told'],
          help,
        )
      : wrong(
          'sandbox',
          'bad',
          ['Chromium 没有沙箱可用，不会启动', 'Chromium has no sandbox here and does not start'],
          help,
        ),
  ]
}

const rules = ['/lib/udev/rules.d/70-lobby-kiosk.rules', '/etc/udev/rules.d/70-lobby-kiosk.rules']

/** Whether a stick will be seen, and whether it can be read. */
export const checkUsb: Check = async ({ run, read, entry, platform }) => {
  if (platform !== 'linux') return []
  const help = [
    '安装 lobby-kiosk 的 deb 包；它带有优盘规则',
    'Install the deb of the kiosk: it brings the rules for sticks.',
  ] as const
  const found: Examination[] = []
  if ((await run('lsblk', ['--version'])) === null) {
    found.push(
      wrong(
        'usb',
        'bad',
        ['没有 lsblk，认不出优盘', 'lsblk is missing, so sticks cannot be told apart'],
        ['安装 util-linux', 'Install util-linux.'],
      ),
    )
  }
  const file = rules.find((path) => entry(path) !== null)
  if (file === undefined) {
    found.push(
      wrong(
        'usb',
        'bad',
        ['没有优盘规则，插上优盘不会被读到', 'the rules for sticks are missing, so nobody mounts them'],
        help,
      ),
    )
  }
  const filesystems = read('/proc/filesystems') ?? ''
  const missing = [
    ['vfat', 'FAT32'],
    ['exfat', 'exFAT'],
  ].flatMap(([type = '', name = '']) => (filesystems.includes(`\t${type}\n`) ? [] : [[type, name] as const]))
  for (const [type, name] of missing) {
    const module = await run('modinfo', [type])
    if (module === null || module.code === 0) continue
    found.push(
      wrong(
        'usb',
        'look',
        [`系统读不了 ${name} 的优盘`, `this system cannot read sticks of ${name}`],
        [
          `安装内核模块 ${type}，或用别的格式的优盘`,
          `Install the kernel’s module ${type}, or use sticks of another format.`,
        ],
      ),
    )
  }
  const mounts = (read('/proc/self/mounts') ?? '').split('\n')
  for (const line of mounts) {
    const [device = '', place = '', , options = ''] = line.split(' ')
    if (!place.startsWith('/run/media/lobby-kiosk/')) continue
    found.push(
      good(
        'usb',
        `优盘 ${device} 已接上（${options.split(',')[0]}）`,
        `a stick is mounted: ${device} (${options.split(',')[0]})`,
      ),
    )
  }
  return found.length > 0 ? found : [good('usb', '插上优盘会被读到', 'a stick will be read')]
}

/** What a page cannot keep from visitors, the system must: consoles, key chords, other desktops. */
export const checkLock: Check = async ({ run, read, entry, platform }) => {
  if (platform !== 'linux') {
    return [
      wrong(
        'lock',
        'look',
        ['Windows 的锁定不在这里检查', 'the lock-down of Windows is not looked at here'],
        [
          '按说明运行 build/windows 里的脚本并逐个按键试一遍',
          'Run the scripts of build/windows and try each chord of the table.',
        ],
      ),
    ]
  }
  const found: Examination[] = []
  const sysrq = read('/proc/sys/kernel/sysrq')?.trim()
  if (sysrq !== undefined && sysrq !== '0') {
    found.push(
      wrong(
        'lock',
        'look',
        [`Alt+SysRq 组合键可用（${sysrq}）`, `the Alt+SysRq chords work (${sysrq})`],
        [
          '运行 sudo sysctl kernel.sysrq=0；安装 deb 后重启即可',
          'Run: sudo sysctl kernel.sysrq=0. The deb sets it at each start.',
        ],
      ),
    )
  }
  // The kiosk's own X server leaves no key to it.
  const modifiers = (await run('xmodmap', ['-pm']))?.out ?? ''
  if (/^control[ \t]+\S/mu.test(modifiers)) {
    found.push(
      wrong(
        'lock',
        'look',
        ['键盘上的 Ctrl 键可用', 'keyboards have a Ctrl key'],
        [
          '安装 deb，由 lobby-kiosk-screen.service 显示；它的键盘没有这类键',
          'Install the deb: the keyboards of lobby-kiosk-screen.service have no such keys.',
        ],
      ),
    )
  }
  if (read('/proc/1/comm')?.trim() !== 'systemd') {
    const help = ['请在真正的本机上再检查一次', 'Look again on the kiosk itself.'] as const
    return [...found, wrong('lock', 'look', ['这里没有运行 systemd', 'systemd does not run here'], help)]
  }
  if ((await run('systemctl', ['get-default']))?.out.trim() !== 'graphical.target') {
    const help = [
      '运行 sudo systemctl set-default graphical.target',
      'Run: sudo systemctl set-default graphical.target',
    ] as const
    found.push(
      wrong('lock', 'bad', ['开机后不会进入画面', 'the machine does not start into a picture'], help),
    )
  }
  if ((await run('systemctl', ['is-enabled', 'display-manager.service']))?.code === 0) {
    found.push(
      wrong(
        'lock',
        'bad',
        ['本机还装着桌面登录程序', 'a desktop’s login screen starts on this machine too'],
        [
          '运行 sudo systemctl disable --now display-manager',
          'Run: sudo systemctl disable --now display-manager',
        ],
      ),
    )
  }
  if (entry('/etc/systemd/system/ctrl-alt-del.target') === null) {
    const help = [
      '运行 sudo systemctl mask ctrl-alt-del.target',
      'Run: sudo systemctl mask ctrl-alt-del.target',
    ] as const
    found.push(wrong('lock', 'look', ['Ctrl+Alt+Del 会重启本机', 'Ctrl+Alt+Del restarts the machine'], help))
  }
  return found.length > 0 ? found : [good('lock', '键盘出不去', 'no key chord of the system is open')]
}
