import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { screens, wake, walkTo } from './screens.ts'
import { takeStaffPictures } from './staff-pictures.ts'
import { inStudio, openMoment, slipLaidOut } from './studio.ts'

/*
 * Takes the README's pictures and those of the staff's guide: `npm run pictures`.
 */

/** Takes the README's pictures from the running kiosk. */
async function takePictures(): Promise<void> {
  const out = join(import.meta.dirname, 'pictures')
  await mkdir(out, { recursive: true })
  await inStudio(async (studio) => {
    for (const name of ['home', 'service', 'way', 'slip']) {
      const screen = screens.find((known) => known.name === name)
      if (!screen) throw new Error(`There is no screen called ${name}`)
      const page = await studio.open('portrait', openMoment)
      await wake(page)
      await walkTo(page, screen)
      if (name === 'slip') await slipLaidOut(page)
      const path = join(out, `${name}.png`)
      await page.screenshot({ path })
      await page.close()
      console.log(path)
    }
  })
}

await takePictures()
await takeStaffPictures()
