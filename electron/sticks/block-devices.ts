import * as v from 'valibot'

/** A disk or partition as `lsblk --json --bytes` tells of it. */
export type BlockDevice = {
  /** "/dev/sdb1" */
  readonly path: string
  /** "8:17" */
  readonly device: string
  readonly kind: string
  readonly removable: boolean
  /** "usb"; null where lsblk does not say. */
  readonly transport: string | null
  readonly model: string | null
  readonly label: string | null
  readonly fileSystem: string | null
  /** Bytes. */
  readonly size: number
  readonly readOnly: boolean
  readonly parts: readonly BlockDevice[]
}

/** The columns `readBlockDevices` reads. */
export const lsblkColumns = 'PATH,MAJ:MIN,TYPE,RM,HOTPLUG,TRAN,MODEL,LABEL,FSTYPE,SIZE,RO'

type Raw = {
  readonly path: string
  readonly 'maj:min': string
  readonly type: string
  readonly rm: boolean
  readonly hotplug: boolean
  readonly tran: string | null
  readonly model: string | null
  readonly label: string | null
  readonly fstype: string | null
  readonly size: number
  readonly ro: boolean
  readonly children: readonly Raw[]
}

// Older lsblk writes numbers and truth as strings.
const truth = v.union([
  v.boolean(),
  v.pipe(
    v.picklist(['0', '1']),
    v.transform((text) => text === '1'),
  ),
])
const words = v.optional(v.nullable(v.string()), null)

const rawSchema: v.GenericSchema<unknown, Raw> = v.object({
  path: v.string(),
  'maj:min': v.pipe(v.string(), v.trim()),
  type: v.string(),
  rm: truth,
  hotplug: v.optional(truth, false),
  tran: words,
  model: words,
  label: words,
  fstype: words,
  size: v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.number()),
  ro: truth,
  children: v.optional(v.array(v.lazy(() => rawSchema)), []),
})

const outputSchema = v.pipe(v.string(), v.parseJson(), v.object({ blockdevices: v.array(rawSchema) }))

/** Reads what lsblk printed; throws `ValiError` where that is not its JSON. */
export function readBlockDevices(json: string): readonly BlockDevice[] {
  return v.parse(outputSchema, json).blockdevices.map(deviceOf)
}

function deviceOf(raw: Raw): BlockDevice {
  return {
    path: raw.path,
    device: raw['maj:min'],
    kind: raw.type,
    removable: raw.rm || raw.hotplug,
    transport: raw.tran,
    model: raw.model?.trim() || null,
    label: raw.label?.trim() || null,
    fileSystem: raw.fstype,
    size: raw.size,
    readOnly: raw.ro,
    parts: raw.children.map(deviceOf),
  }
}
