/**
 * Reads the command line of a tool, by `parseArgs` as a rule. Where help is asked for, it shows the usage and ends
 * with 0; where the line is not understood, it says why, shows the usage and ends with 2.
 */
export function readCommandLine<Line>(usage: string, read: (args: string[]) => Line): Line {
  const args = process.argv.slice(2)
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage)
    process.exit(0)
  }
  try {
    return read(args)
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('ERR_PARSE_ARGS'))
      throw error
    return misunderstood(usage, error.message.replace(/\n.*/su, ''))
  }
}

/** Says what was not understood, shows the usage and ends with 2. */
export function misunderstood(usage: string, why: string): never {
  console.error(`${why}\n${usage}`)
  process.exit(2)
}
