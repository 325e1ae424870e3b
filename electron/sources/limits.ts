/** The most a file of each form may hold, in megabytes; ten thousand services take about half. */
export const mostMegabytes = { bundle: 8, text: 32, document: 32, workbook: 32, json: 16, plan: 4 } as const

/** The most that packed files may unpack into, in megabytes. */
export const mostUnpacked = 128

/** The most of it that may be a document's text, in megabytes: some two thousand services. Its tree takes twenty times as much memory. */
export const mostDocument = 24

/** The most entries a packed file may have; a document with many pictures has hundreds. */
export const mostEntries = 5000

/** The most services a workbook may hold. */
export const mostRows = 20_000

/** Bytes in a megabyte as it is meant here. */
export const megabyte = 1_000_000
