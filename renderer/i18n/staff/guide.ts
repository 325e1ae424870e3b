/** A part of the staff's guide: what to do, step by step, and a picture of where. */
export type GuidePart = {
  readonly title: string
  readonly steps: readonly string[]
  readonly picture: GuidePicture | null
}

/** The pictures of the guide; `npm run pictures` takes them from the running kiosk. */
export const guidePictures = ['door', 'home', 'offers', 'preview', 'done', 'editions', 'printer'] as const

export type GuidePicture = (typeof guidePictures)[number]

/** The staff's guide. In Chinese only, as the department's own papers are. */
export const staffGuide: readonly GuidePart[] = [
  {
    title: '进来',
    steps: [
      '首屏没人用的时候，手指按住最下面那一行字（写着机器名和版本的那行），数三下。',
      '选“前台”或“技术人员”，输密码，点“好了”。',
      '密码错三次要等 30 秒，再错等得更久，最久一小时。拔电源、改时间都不会变短。',
      '用完点右下角“退出登录”。两分钟没人碰，机器自己退出。',
    ],
    picture: 'door',
  },
  {
    title: '更新内容',
    steps: [
      '把新的办事指南放进优盘：Word 文件（.docx）、文本（.txt）、本机导出的表格（.xlsx）或者更新包（.kiosk）都行，放在最外层。',
      '登录，点“更新内容”，插上优盘。几秒钟以后，文件会自己列出来。',
      '点要用的那个文件，等机器读完。',
    ],
    picture: 'offers',
  },
  {
    title: '看清要改什么',
    steps: [
      '机器列出新增、去掉、换了地方、改了说法的每一个事项。加了底线的是新写的，划掉的是不要了的。',
      '点“来访的人会看到的”，看看换上以后是什么样。这时还没有换上。',
      '“指出的问题”是机器读出来的毛病，比如电话少一位。能改的，回去改了文件再来。',
      '黄色的提醒要一条一条点过，才能换上。',
    ],
    picture: 'preview',
  },
  {
    title: '换上',
    steps: [
      '点“换上”，再输一次密码。',
      '看到“现在可以拔出优盘了”，再拔。',
      '记下四个核对字。有几台机器的，打电话对一对，字一样，内容就一样。',
    ],
    picture: 'done',
  },
  {
    title: '换错了：回到以前的版本',
    steps: [
      '登录，点“回到以前的版本”，点要回去的那个，再点“就回到这个版本”。',
      '来访的人马上看到旧的。出厂时带的那个版本一直都在。',
    ],
    picture: 'editions',
  },
  {
    title: '打印机',
    steps: [
      '点“打印机”，最上面写着它现在怎样：能打，还是缺纸、卡纸、没开机。',
      '加了纸、换了墨，点“打一张试试”，看到“打印机说这一张出来了”才算好。',
      '换打印机、换纸的大小，要技术人员登录，在“选打印机”里点一下，马上生效。',
      '最近 200 张的情况和每天的张数也在这里。里面没有来访的人办什么事。',
    ],
    picture: 'printer',
  },
  {
    title: '带走资料',
    steps: [
      '点“带走资料”，勾上要的，插上优盘，点“拷到优盘”。',
      '表格可以在电脑上用 WPS 或 Excel 打开修改，改好存回优盘，再当更新内容带回来。',
      '看到“现在可以拔出优盘了”，再拔。',
    ],
    picture: 'home',
  },
  {
    title: '忘了密码',
    steps: [
      '前台的密码：请技术人员登录，在“设置”“密码”里重设。',
      '技术人员的密码：要在机器上接键盘，用管理员账号运行 npm run staff -- reset（装好的机器上是 kiosk staff reset）。两个密码都会清除，首屏会提示重新设置。记录里会写下这件事。',
    ],
    picture: null,
  },
]
