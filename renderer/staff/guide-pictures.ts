import type { GuidePicture } from '../i18n/staff/guide.ts'

const pictures: Readonly<Record<GuidePicture, string>> = {
  door: new URL('./guide/door.png', import.meta.url).href,
  home: new URL('./guide/home.png', import.meta.url).href,
  offers: new URL('./guide/offers.png', import.meta.url).href,
  preview: new URL('./guide/preview.png', import.meta.url).href,
  done: new URL('./guide/done.png', import.meta.url).href,
  editions: new URL('./guide/editions.png', import.meta.url).href,
  printer: new URL('./guide/printer.png', import.meta.url).href,
}

/** Address of a picture of the staff's guide. */
export function pictureOf(picture: GuidePicture): string {
  return pictures[picture]
}
