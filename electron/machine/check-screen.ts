import { findChromium } from '../find-chromium.ts'
import { commandFor, isInstalled } from './commands.ts'
import { type Display, kioskDisplay, lookAtScreen, touchRotation } from './displays.ts'
import { type Check, type Examination, good, wrong } from './examination.ts'

const turn = commandFor('screen')

/** The display, how it is turned, and whether touches are turned with it. */
export const checkScreen: Check = async ({ run, platform, env }, { settings: { screen } }) => {
  if (platform !== 'linux') {
    const said = ['这项检查只能在 Linux 上做', 'this can be looked at on Linux only'] as const
    return [
      wrong('display', 'look', said, [
        '请看屏幕：方向对吗？摸得准吗？',
        'Look at the screen: upright, and touches in place?',
      ]),
    ]
  }
  const found = await lookAtScreen(run)
  if (found === null) {
    return [
      wrong(
        'display',
        'bad',
        [
          `没有显示服务（DISPLAY=${env['DISPLAY'] ?? '空'}）`,
          `no X server answers (DISPLAY=${env['DISPLAY'] ?? 'unset'})`,
        ],
        [
          `${isInstalled ? '运行 systemctl status lobby-kiosk-screen' : '请在桌面上运行'}；缺少程序时安装 xserver-xorg-core、x11-xserver-utils、xinput`,
          `Run${isInstalled ? ': systemctl status lobby-kiosk-screen' : ' this on a desktop'}. Where programs are missing install xserver-xorg-core, x11-xserver-utils and xinput.`,
        ],
      ),
    ]
  }
  const display = kioskDisplay(found.displays, screen.output)
  if (display === null) {
    return [
      wrong(
        'display',
        'bad',
        ['没有接显示器', 'no display is connected'],
        ['检查显示器的电源和连线', 'Check its power and cable.'],
      ),
    ]
  }
  const { name, size, rotation } = display
  const pixels = size ? `${size.width}×${size.height}` : '—'
  const pictures: Examination[] = [
    ...(screen.output === null || screen.output === name
      ? []
      : [missing(screen.output, found.displays, name)]),
    size === null
      ? wrong(
          'display',
          'bad',
          [`${name} 没有画面`, `${name} is switched off`],
          [`运行 ${turn}`, `Run: ${turn}`],
        )
      : good('display', `显示器 ${name}，${pixels}`, `${name}, ${pixels}`),
    rotation === screen.rotation
      ? good('rotation', `画面方向 ${rotation}`, `the picture is turned: ${rotation}`)
      : wrong(
          'rotation',
          'bad',
          [
            `画面方向是 ${rotation}，设置是 ${screen.rotation}`,
            `the picture is turned ${rotation}, the settings say ${screen.rotation}`,
          ],
          [`运行 ${turn}；不行就换显卡驱动`, `Run: ${turn}. If it cannot, the graphics driver cannot turn.`],
        ),
  ]
  if (found.displays.filter((other) => other.size !== null).length > 1) {
    pictures.push(
      wrong(
        'display',
        'look',
        ['接了不止一台显示器', 'more than one display is on'],
        [
          `拔掉多余的，或设置 screen.output 后运行 ${turn}`,
          `Disconnect the others, or set screen.output and run: ${turn}`,
        ],
      ),
    )
  }
  if (found.touches.length === 0) {
    return [
      ...pictures,
      wrong(
        'touch',
        'bad',
        ['没有找到触摸屏', 'no touch panel was found'],
        [
          '检查触摸屏的 USB 线；运行 xinput list 看看',
          'Check the USB cable of the touch panel; look at: xinput list',
        ],
      ),
    ]
  }
  const touched = found.touches.filter((touch) => screen.touch === null || touch.name === screen.touch)
  if (touched.length === 0) {
    const names = found.touches.map((touch) => touch.name).join(', ')
    return [
      ...pictures,
      wrong(
        'touch',
        'bad',
        [
          `找不到 screen.touch 写的触摸屏，现有：${names}`,
          `the device of screen.touch is not there; there are: ${names}`,
        ],
        ['改 screen.touch，或设成 null', 'Change screen.touch, or set it to null.'],
      ),
    ]
  }
  const touches = touched.map(async ({ id, name: touch }) => {
    const turned = touchRotation((await run('xinput', ['list-props', id]))?.out ?? '')
    return turned === rotation
      ? good('touch', `${touch}，和画面方向一致`, `${touch}, turned as the picture is`)
      : wrong(
          'touch',
          'bad',
          [
            `${touch} 的方向是 ${turned ?? '未知'}，画面是 ${rotation}`,
            `${touch} is turned ${turned ?? 'in no known way'}, the picture ${rotation}`,
          ],
          [`运行 ${turn}`, `Run: ${turn}`],
        )
  })
  return [...pictures, ...(await Promise.all(touches))]
}

function missing(output: string, displays: readonly Display[], instead: string): Examination {
  const names = displays.map(({ name }) => name).join(', ')
  return wrong(
    'display',
    'bad',
    [
      `找不到 screen.output 写的显示器 ${output}，画面在 ${instead} 上；现有：${names}`,
      `the display of screen.output, ${output}, is not there, so ${instead} is used; there are: ${names}`,
    ],
    ['检查电源和连线，或改 screen.output', 'Check its power and cable, or change screen.output.'],
  )
}

/** The oldest Chromium that the screen is built for. */
const oldestChromium = 120

/** The browser that shows the kiosk and draws slips. */
export const checkChromium: Check = async ({ run, env, platform }) => {
  const path = findChromium()
  if (path === null) {
    return [
      wrong(
        'chromium',
        'bad',
        [
          env['KIOSK_CHROMIUM']
            ? `KIOSK_CHROMIUM 指的文件不存在：${env['KIOSK_CHROMIUM']}`
            : '没有找到 Chromium',
          env['KIOSK_CHROMIUM']
            ? `KIOSK_CHROMIUM names no file: ${env['KIOSK_CHROMIUM']}`
            : 'no Chromium was found',
        ],
        ['安装 chromium，或让 KIOSK_CHROMIUM 指向它', 'Install chromium, or let KIOSK_CHROMIUM name it.'],
      ),
    ]
  }
  // On Windows it opens a window instead of saying its version.
  const said = platform === 'win32' ? null : await run(path, ['--version'])
  const version = /(\d+)\.\d+\.\d+/u.exec(said?.out ?? '')
  if (!version) {
    if (platform === 'win32') return [good('chromium', path, path)]
    return [
      wrong(
        'chromium',
        'bad',
        [`${path} 运行不起来`, `${path} does not run`],
        ['重新安装 chromium', 'Install chromium again.'],
      ),
    ]
  }
  if (Number(version[1]) < oldestChromium) {
    return [
      wrong(
        'chromium',
        'bad',
        [`Chromium ${version[0]} 太旧`, `Chromium ${version[0]} is too old`],
        [`升级到 ${oldestChromium} 或更新的版本`, `Upgrade it to ${oldestChromium} or newer.`],
      ),
    ]
  }
  return [good('chromium', `${path}，${version[0]}`, `${path}, ${version[0]}`)]
}

/** The typefaces that the pages carry with them: Chinese, and the Arabic letters of Uyghur. */
export const checkFonts: Check = async ({ list, entry }, { renderer }) => {
  const folder = `${renderer}/assets`
  const files = list(folder).filter(
    (name) => name.endsWith('.woff2') && (entry(`${folder}/${name}`)?.size ?? 0) > 0,
  )
  const chinese = files.filter((name) => name.startsWith('noto-sans-sc-')).length
  const arabic = files.filter((name) => name.startsWith('noto-sans-arabic-')).length
  // The Chinese typeface comes in about a hundred files, each for some of its characters.
  if (chinese >= 90 && arabic > 0) {
    return [
      good(
        'fonts',
        `自带字体 ${chinese + arabic} 个文件`,
        `${chinese + arabic} files of typefaces are carried`,
      ),
    ]
  }
  return [
    wrong(
      'fonts',
      'bad',
      [
        `自带的字体不全（中文 ${chinese}，阿拉伯字母 ${arabic}）`,
        `typefaces are missing (Chinese ${chinese}, Arabic ${arabic})`,
      ],
      ['重新安装本软件', 'Install this program again.'],
    ),
  ]
}
