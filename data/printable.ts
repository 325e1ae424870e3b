import * as v from 'valibot'
import { slipSchema } from './slip.ts'
import { staffGuideSchema } from './staff-guide.ts'

/** What the kiosk can put on paper: a visitor's slip, or the staff's guide. */
export const printableSchema = v.variant('kind', [slipSchema, staffGuideSchema])

export type Printable = v.InferOutput<typeof printableSchema>
