/** Waits for the fonts of what has just been drawn in `sheet`: layout asks for them, so it has to come first. */
export async function fontsLoaded(sheet: HTMLElement | null): Promise<void> {
  sheet?.getBoundingClientRect()
  await document.fonts.ready
}

/** Waits for every picture in `sheet`: heights are not those of the paper before. Rejects where one cannot be had. */
export async function picturesLoaded(sheet: HTMLElement | null): Promise<void> {
  // Not `decode()`, which a page that nobody sees may never answer.
  await Promise.all([...(sheet?.querySelectorAll('img') ?? [])].map(loaded))
}

async function loaded(picture: HTMLImageElement): Promise<void> {
  if (!picture.complete) {
    await new Promise((resolve) => {
      for (const event of ['load', 'error']) picture.addEventListener(event, resolve, { once: true })
    })
  }
  if (picture.naturalWidth === 0) throw new Error(`No picture could be had from ${picture.src}`)
}

/** The first block or foot of a page in `sheet` that reaches beyond its page, by its words; null: all stand whole. */
export function firstMisfit(sheet: HTMLElement | null): string | null {
  const hang = hanging(sheet)
  for (const page of sheet?.querySelectorAll('.page') ?? []) {
    const edge = page.getBoundingClientRect()
    const bottom = page.querySelector('.room')?.getBoundingClientRect().bottom ?? edge.bottom
    for (const block of page.querySelectorAll('.block, .foot')) {
      const box = block.getBoundingClientRect()
      const isLow = block.classList.contains('block') && box.bottom > bottom + 1
      const isWide = block.scrollWidth > block.clientWidth + hang
      if (isLow || isWide || box.right > edge.right + 1 || box.left < edge.left - 1)
        return block.textContent.trim().slice(0, 80)
    }
  }
  return null
}

/**
 * CSS pixels by which a line may reach out of its block: a closing mark that ends it hangs with its blank half
 * (`text-spacing-trim: trim-start`), at most half an em of the largest letters. Every margin is wider.
 */
function hanging(sheet: HTMLElement | null): number {
  const points = sheet && getComputedStyle(sheet).getPropertyValue('--slip-title')
  return 1 + (0.5 * (parseFloat(points ?? '') || 0) * 96) / 72
}
