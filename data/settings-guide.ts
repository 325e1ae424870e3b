/** A sentence for staff and one for whoever installs. */
export type Sentence = { readonly 'zh-CN': string; readonly en: string }

/** What a key of the settings is for, and what it takes. */
export type KeyGuide = { readonly for: Sentence; readonly takes: Sentence }

const key = (forChinese: string, forEnglish: string, chinese: string, english: string): KeyGuide => ({
  for: { 'zh-CN': forChinese, en: forEnglish },
  takes: { 'zh-CN': chinese, en: english },
})

/** Every key of the settings, in the order of the file. Sections are there under their own name too. */
export const settingsGuide = {
  kiosk: key(
    '本机是 site.json 里的哪一台',
    'which kiosk of site.json this is; it decides “you are here” and every way shown',
    'site.json 中 kiosks 的 id；null 表示第一台',
    'an id from the kiosks of site.json; null is the first',
  ),
  printer: key(
    '清单从哪台打印机出来',
    'where slips are printed',
    '"folder"（只存文件）、"cups:队列名"、"ipp://主机/路径"、"escpos://主机:9100"、"escpos:/dev/usb/lp0" 或 "windows:打印机名"',
    '"folder" (files only), "cups:QUEUE", "ipp://HOST/PATH", "escpos://HOST:9100", "escpos:/dev/usb/lp0" or "windows:NAME"',
  ),
  paper: key('打印机里的纸', 'what lies in the printer', '"a4"、"a5" 或 "roll"', '"a4", "a5" or "roll"'),
  limits: key('打印限额', 'how many slips are printed at most', '一对花括号', 'a pair of braces'),
  'limits.perVisit': key(
    '一位来访者最多打印几张',
    'slips for one visitor',
    '1 到 50 的整数',
    'a whole number from 1 to 50',
  ),
  'limits.perMinute': key(
    '一分钟最多打印几张',
    'slips within a minute',
    '1 到 30 的整数',
    'a whole number from 1 to 30',
  ),
  screen: key('屏幕', 'the panel', '一对花括号', 'a pair of braces'),
  'screen.inches': key(
    '可见画面的对角线，字的大小由它而定',
    'the diagonal of the visible picture; the size of everything follows from it',
    '10 到 110 的数（英寸）',
    'a number from 10 to 110 (inches)',
  ),
  'screen.bottom': key(
    '画面下沿离地面的高度，轮椅使用者够不够得着由它而定',
    'the height of the picture’s lower edge above the floor; the reach of a wheelchair user follows from it',
    '0 到 1100 的数（毫米）',
    'a number from 0 to 1100 (millimetres)',
  ),
  'screen.rotation': key(
    '画面和触摸转向哪边（Linux）',
    'how the picture and the touches are turned (Linux)',
    '"normal"、"right"（顺时针）、"inverted" 或 "left"（逆时针）',
    '"normal", "right" (clockwise), "inverted" or "left" (anticlockwise)',
  ),
  'screen.output': key(
    '接了几台显示器时用哪个接口（Linux）',
    'the connector, where several displays are connected (Linux)',
    'xrandr 显示的名字，如 "HDMI-1"；null 表示第一个',
    'a name as xrandr shows it, such as "HDMI-1"; null is the first',
  ),
  'screen.touch': key(
    '有几个触摸设备时用哪个（Linux）',
    'the touch device, where there are several (Linux)',
    'xinput 显示的名字；null 表示全部',
    'a name as xinput shows it; null is every one',
  ),
  'screen.brightness': key(
    '亮度',
    'the brightness',
    '20 到 100 的整数（%）',
    'a whole number from 20 to 100 (%)',
  ),
  'screen.night': key(
    '屏幕变暗的时段',
    'the hours in which the screen is dimmed',
    '"20:00-07:00" 这样的时段；null 表示从不',
    'hours such as "20:00-07:00"; null is never',
  ),
  'screen.nightBrightness': key(
    '变暗时的亮度',
    'the brightness in those hours',
    '10 到 100 的整数（%）',
    'a whole number from 10 to 100 (%)',
  ),
  restart: key(
    '每天没人用时重新启动的时间',
    'when the kiosk starts anew each night, once nobody uses it',
    '"03:30" 这样的时间；null 表示从不',
    'a time such as "03:30"; null is never',
  ),
  updates: key('更新', 'updates', '一对花括号', 'a pair of braces'),
  'updates.accept': key(
    '优盘上的哪些东西可以用来更新',
    'what on a stick may change the content',
    '"bundle"、"guide"、"workbook"、"parts" 中的若干个，写在方括号里',
    'any of "bundle", "guide", "workbook" and "parts", in brackets',
  ),
  'updates.signature': key(
    '没有签名的更新是不行，还是再输一次密码就行',
    'whether what is not signed is refused or taken on a PIN',
    '"demanded"（必须有签名）或 "pin"（再输一次密码）',
    '"demanded" or "pin"',
  ),
  call: key('坏了找谁', 'whom to call when it is out of service', '一对花括号', 'a pair of braces'),
  'call.who': key(
    '停用画面上写的人或部门',
    'the person or office named on the out-of-service screen',
    '最多 60 个字；null 表示不写',
    'at most 60 characters; null is nobody',
  ),
  'call.phone': key(
    '停用画面上写的电话',
    'the telephone number on the out-of-service screen',
    '最多 40 个字；null 表示不写',
    'at most 40 characters; null is none',
  ),
  log: key('运行记录', 'the log', '一对花括号', 'a pair of braces'),
  'log.megabytes': key(
    '一个记录文件最大多少',
    'the size of one file of the log',
    '0.1 到 100 的数（MB）',
    'a number from 0.1 to 100 (MB)',
  ),
  'log.files': key(
    '保留几个记录文件',
    'how many files are kept',
    '2 到 50 的整数',
    'a whole number from 2 to 50',
  ),
} as const satisfies Readonly<Record<string, KeyGuide>>

/** The keys of the settings, sections among them, each with its section's name before it. */
export type SettingsKey = keyof typeof settingsGuide

const guides: ReadonlyMap<string, KeyGuide> = new Map(Object.entries(settingsGuide))

/** What is said of a key; null where there is no such key. */
export function guideOf(name: string): KeyGuide | null {
  return guides.get(name) ?? null
}

/** Every key, in the order of the file. */
export const settingsKeys: readonly string[] = [...guides.keys()]
