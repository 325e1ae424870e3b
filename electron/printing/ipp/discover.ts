import { type Paper, paperNames } from '../../../data/slip.ts'
import type { Log } from '../../log.ts'
import { groupOf, textOf, textsOf } from './attributes.ts'
import { createIppClient, operations } from './client.ts'
import { mediaFor } from './media.ts'
import { groupTags, type IppAttributes } from './message.ts'
import { isDone, keywords } from './printer-query.ts'

/** One queue of a CUPS server. */
export type DiscoveredQueue = {
  readonly name: string
  readonly uri: string
  /** What its administrator calls it; empty where they have not said. */
  readonly info: string
  readonly isDefault: boolean
  readonly papers: readonly Paper[]
}

/**
 * The queues of a CUPS server, in its order (CUPS-Get-Printers); none where there is no such server.
 *
 * `uri`: the server's address, by default this machine's. `socket`: the file it listens on instead. `limit`:
 * milliseconds each of the two questions may take.
 */
export async function discoverQueues(server: {
  readonly uri?: string
  readonly socket?: string
  readonly log: Log
  readonly limit?: number
}): Promise<readonly DiscoveredQueue[]> {
  const { uri = 'ipp://localhost:631/', socket, log, limit = 5_000 } = server
  const client = createIppClient({ limit, log, ...(socket !== undefined && { socket }) })
  const wanted = {
    'requested-attributes': keywords(
      'media-supported',
      'printer-info',
      'printer-name',
      'printer-uri-supported',
    ),
  }
  const listed = await client({ operation: operations.cupsGetPrinters, uri, operationAttributes: wanted })
  if (listed.kind !== 'answer' || !isDone(listed.status)) return []
  const asked = await client({ operation: operations.cupsGetDefault, uri, operationAttributes: wanted })
  const usual =
    asked.kind === 'answer' ? textOf(groupOf(asked.groups, groupTags.printer), 'printer-name') : null
  return listed.groups
    .filter(({ tag }) => tag === groupTags.printer)
    .flatMap(({ attributes }) => queueOf(attributes, usual) ?? [])
}

function queueOf(attributes: IppAttributes, usual: string | null): DiscoveredQueue | null {
  const name = textOf(attributes, 'printer-name')
  const uri = textOf(attributes, 'printer-uri-supported')
  if (name === null || uri === null) return null
  const namesMedia = textsOf(attributes, 'media-supported').length > 0
  return {
    name,
    uri,
    info: textOf(attributes, 'printer-info') ?? '',
    isDefault: name === usual,
    papers: namesMedia ? paperNames.filter((paper) => mediaFor(paper, null, attributes) !== null) : [],
  }
}
