/** One line of /proc/self/mountinfo, as far as sticks need it (proc_pid_mountinfo(5)). */
export type Mount = {
  /** "8:17" */
  readonly device: string
  readonly folder: string
  /** "/dev/sdb1" */
  readonly source: string
  readonly fileSystem: string
  readonly readOnly: boolean
}

/** Reads the text of /proc/self/mountinfo; lines it does not understand are passed over. */
export function readMounts(text: string): readonly Mount[] {
  return text.split('\n').flatMap((line): readonly Mount[] => {
    const [before = '', after = ''] = line.split(' - ')
    const [, , device, root, folder, options] = before.split(' ')
    const [fileSystem, source, superOptions = ''] = after.split(' ')
    if (!device || !folder || !options || !fileSystem || source === undefined) return []
    // A folder of a file system mounted elsewhere is not the whole of it.
    if (root !== '/') return []
    const readOnly = [options, superOptions].some((list) => list.split(',').includes('ro'))
    return [{ device, folder: unescapeOctal(folder), source: unescapeOctal(source), fileSystem, readOnly }]
  })
}

/** Spaces and the like are written as octal bytes: "\040". */
function unescapeOctal(text: string): string {
  if (!text.includes('\\')) return text
  const bytes = [...text.matchAll(/\\([0-7]{3})|([^\\]+|\\)/g)].map(([, octal, plain = '']) =>
    octal === undefined ? Buffer.from(plain) : Buffer.of(Number.parseInt(octal, 8)),
  )
  return Buffer.concat(bytes).toString('utf8')
}
