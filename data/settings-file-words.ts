import type { Sentence } from './settings-guide.ts'

/**
 * Why `path` cannot be read or written, and what to do about it. `reason` is the system's code, such as `EACCES`;
 * `account` is the one the kiosk runs under where it is installed, null elsewhere.
 */
export function fileTrouble(reason: string, path: string, account: string | null): Sentence {
  switch (reason) {
    case 'EACCES':
    case 'EPERM':
      return account === null
        ? {
            'zh-CN': `本程序没有权限读写 ${path}。请让运行它的账号能读写。`,
            en: `This program may not read and write ${path}. Let the account that runs it do so.`,
          }
        : {
            'zh-CN': `本程序没有权限读写 ${path}。请运行 sudo chown ${account}: ${path} 让它能读写。`,
            en: `This program may not read and write ${path}. Run sudo chown ${account}: ${path} to allow it.`,
          }
    case 'EISDIR':
      return {
        'zh-CN': `${path} 是一个文件夹，不是文件。请把它移到别处。`,
        en: `${path} is a folder, not a file. Move it elsewhere.`,
      }
    case 'ENOENT':
      return {
        'zh-CN': `${path} 是一个链接，它指向的文件不在了。请把那个文件放回去，或删掉这个链接。`,
        en: `${path} is a link to a file that is not there. Put that file back, or remove the link.`,
      }
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        'zh-CN': `${path} 写不进去：硬盘满了。请删去不要的文件。`,
        en: `${path} cannot be written: the disk is full. Remove files that are not needed.`,
      }
    case 'EROFS':
      return {
        'zh-CN': `${path} 所在的硬盘现在只能读。请重新启动这台机器；还不行，硬盘可能坏了。`,
        en: `The disk of ${path} can only be read. Restart the machine; if that does not help, the disk may be failing.`,
      }
    default:
      return {
        'zh-CN': `${path} 读写不了（${reason}）。`,
        en: `${path} cannot be read or written (${reason}).`,
      }
  }
}

/** What is said of a file that holds blanks at most; `command` sets a key. */
export const emptyFile = (path: string, command: string): Sentence => ({
  'zh-CN': `${path} 是空的，可能是突然断电造成的。请在工作人员页面重新设置，或运行 ${command}，会生成新的文件。`,
  en: `${path} is empty, perhaps after a power cut. Set it anew on the staff screen or by: ${command}. That makes a new file.`,
})

/** What is said of a file that is no text, or none in UTF-8. */
export const noText = (path: string): Sentence => ({
  'zh-CN': `${path} 不是 UTF-8 编码的文本文件。请用编辑器另存为 UTF-8；内容坏了就删掉它，再重新设置。`,
  en: `${path} is not a text file in UTF-8. Save it as UTF-8 in the editor; where its content is lost, remove it and set it up anew.`,
})
