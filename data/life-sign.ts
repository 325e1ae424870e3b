import * as v from 'valibot'

/**
 * What the page says every moment of what visitors see: something that can be read, nothing, or that the whole
 * page is out of sight, as on a screen that is off. `inFront`: what is typed comes to the page, so that no other
 * window and no dialog of the browser lies over it. `visit`: someone is at the kiosk.
 */
export const lifeSignSchema = v.strictObject({
  shows: v.picklist(['something', 'nothing', 'hidden']),
  inFront: v.boolean(),
  visit: v.boolean(),
})

export type LifeSign = v.InferOutput<typeof lifeSignSchema>
