import type { Page } from '@playwright/test'

/** A rectangle in CSS pixels, from the window's top left corner. */
export type Box = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Something that can be touched now. */
export type Target = {
  readonly name: string
  /** As laid out, whatever hides parts of it for now. */
  readonly box: Box
  /** What of it can be seen; null where it is scrolled out of view. */
  readonly shown: Box | null
  /** Which scrolling region it moves with, and which list it is a row of; null: none. */
  readonly pane: number | null
  readonly list: number | null
  /** False where something else lies over the middle of what can be seen of it. */
  readonly onTop: boolean
}

/** One line of a text, as its letters cover it. */
export type Line = {
  readonly text: string
  readonly box: Box
  readonly shown: Box | null
  /** In CSS pixels. */
  readonly fontSize: number
  /** One of what has to be read to get on: titles, names of choices, what to bring, steps, answers. */
  readonly main: boolean
  /** The text it is a line of, and the target it is written on; null: none. */
  readonly node: number
  readonly target: number | null
  /** What cuts it off where no scrolling brings it back, or null. */
  readonly cutBy: string | null
}

/** A time span or a phone number, which is read from left to right in every language. */
export type Figure = { readonly text: string; readonly first: number; readonly last: number }

/** All that the rules ask of a screen, gathered in one pass. */
export type Scene = {
  readonly window: { readonly width: number; readonly height: number }
  /** One millimetre of the panel, in CSS pixels. */
  readonly millimetre: number
  readonly direction: string
  readonly language: string
  readonly bar: readonly Box[]
  readonly targets: readonly Target[]
  readonly lines: readonly Line[]
  readonly figures: readonly Figure[]
  /** What can be scrolled sideways, or is wider than the region that shows it. */
  readonly wide: readonly string[]
}

/**
 * Gathers the scene of the page as it stands; where a dialog is open, the dialog's, which alone can be used.
 * The preview of the slip is left out: it is a picture of a sheet of paper.
 */
export function gatherScene(page: Page): Promise<Scene> {
  return page.evaluate(() => {
    const leftOut = '.slip, .visually-hidden, script, style'
    const touchable = 'button, input, a[href], [role="button"], [role="checkbox"]'
    const mainWords = 'h1, .name, .words, .text, dd, .key:not(.word), .start, .language, .title'
    const besideWords = 'nav, .detail, .tag, .reading, .strip .department, .purpose'
    const root = document.querySelector('[role="dialog"], [role="alertdialog"]') ?? document.body
    const seen = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    const boxOf = ({ left, top, right, bottom }: DOMRect) => ({ left, top, right, bottom })
    type Box = ReturnType<typeof boxOf>
    const nameOf = (element: Element) =>
      `${element.className || element.tagName} “${(element.textContent ?? '').trim().slice(0, 24)}”`
    const meet = (a: Box, b: Box): Box | null => {
      const box = {
        left: Math.max(a.left, b.left),
        top: Math.max(a.top, b.top),
        right: Math.min(a.right, b.right),
        bottom: Math.min(a.bottom, b.bottom),
      }
      return box.right > box.left && box.bottom > box.top ? box : null
    }
    const whole: Box = { left: 0, top: 0, right: innerWidth, bottom: innerHeight }

    /** The padding box, which is what overflow is cut at. */
    const frameOf = (element: Element): Box => {
      const { left, top } = element.getBoundingClientRect()
      const x = left + element.clientLeft
      const y = top + element.clientTop
      return { left: x, top: y, right: x + element.clientWidth, bottom: y + element.clientHeight }
    }
    const styles = new Map<Element, CSSStyleDeclaration>()
    const styleOf = (element: Element) => {
      const known = styles.get(element) ?? getComputedStyle(element)
      styles.set(element, known)
      return known
    }
    /** The elements that cut off what runs out of them, from the inside. */
    const framesAround = (element: Element | null): readonly Element[] => {
      if (!element || element === document.body) return []
      const known = framesOf.get(element)
      if (known) return known
      const outer = framesAround(element.parentElement)
      const frames = styleOf(element).overflow === 'visible' ? outer : [element, ...outer]
      framesOf.set(element, frames)
      return frames
    }
    const framesOf = new Map<Element, readonly Element[]>()
    const scrolls = (frame: Element) =>
      /auto|scroll/u.test(styleOf(frame).overflowY) && frame.scrollHeight > frame.clientHeight + 1

    /** What is left to see of `box`, and what cuts something off that no scrolling brings back. */
    const look = (box: Box, frames: readonly Element[]) => {
      let shown: Box | null = box
      let cutBy: string | null = null
      // What moves with a region that scrolls is not cut by what is around that, only shown less of.
      let moving = false
      for (const frame of frames) {
        const within = frameOf(frame)
        const above = within.top - frame.scrollTop
        const isScrolling = scrolls(frame)
        const across = box.left < within.left - 1 || box.right > within.right + 1
        const down = isScrolling
          ? box.top < above - 1 || box.bottom > above + frame.scrollHeight + 1
          : !moving && (box.top < within.top - 1 || box.bottom > within.bottom + 1)
        if (across || down) cutBy ??= nameOf(frame)
        shown = shown && meet(shown, within)
        moving ||= isScrolling
      }
      const across = box.left < -1 || box.right > innerWidth + 1
      const down = !moving && (box.top < -1 || box.bottom > innerHeight + 1)
      if (across || down) cutBy ??= 'the screen'
      return { shown: shown && meet(shown, whole), cutBy }
    }

    /** By how much lines that end in a closing mark reach out of a frame with its blank half. */
    const hung = new Map<Element, number>()
    const closing =
      /[\u3001\u3002\u3009\u300b\u300d\u300f\u3011\uff01\uff09\uff0c\uff1a\uff1b\uff1f\u201d\u2019]/u
    /**
     * The box of a line of `text` without the blank half of a closing mark that ends it: such a mark hangs
     * (`text-spacing-trim: trim-start`), and nothing of it can be cut off.
     */
    const withoutHanging = (rect: DOMRect, text: Node, fontSize: number, frames: readonly Element[]): Box => {
      const box = boxOf(rect)
      const out = frames.filter((frame) => {
        const over = rect.right - frameOf(frame).right
        return over > 1 && over <= fontSize / 2 + 1
      })
      if (out.length === 0) return box
      const range = document.createRange()
      const ends = [...(text.nodeValue ?? '')].some((mark, at) => {
        if (!closing.test(mark)) return false
        range.setStart(text, at)
        range.setEnd(text, at + 1)
        const own = range.getBoundingClientRect()
        return Math.abs(own.right - rect.right) < 1 && own.top < rect.bottom && own.bottom > rect.top
      })
      if (!ends) return box
      for (const frame of out)
        hung.set(frame, Math.max(hung.get(frame) ?? 0, rect.right - frameOf(frame).right))
      return { ...box, right: rect.right - fontSize / 2 }
    }

    const panes: Element[] = []
    const lists: Element[] = []
    const placeIn = (list: Element[], element: Element | null | undefined) => {
      if (!element) return null
      if (!list.includes(element)) list.push(element)
      return list.indexOf(element)
    }
    const elements = [...root.querySelectorAll(touchable)].filter(
      (element) => seen(element) && !element.matches(':disabled') && !element.closest(leftOut),
    )
    const bodies = elements.map((element) => element.closest('label') ?? element)
    const targets = bodies.map((body) => {
      const box = boxOf(body.getBoundingClientRect())
      const frames = framesAround(body.parentElement)
      const { shown } = look(box, frames)
      const top =
        shown && document.elementFromPoint((shown.left + shown.right) / 2, (shown.top + shown.bottom) / 2)
      return {
        name: nameOf(body),
        box,
        shown,
        pane: placeIn(panes, frames.find(scrolls)),
        list: placeIn(lists, body.closest('ul, ol')),
        // Of a sliver, the rounded corner of the region it slides under may be all there is.
        onTop: shown === null || shown.bottom - shown.top < 16 || body.contains(top),
      }
    })

    const lines: Scene['lines'][number][] = []
    const figures: Scene['figures'][number][] = []
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (let node = 0; walker.nextNode(); node += 1) {
      const text = walker.currentNode
      const parent = text.parentElement
      if (!parent || !(text.nodeValue ?? '').trim() || parent.closest(leftOut) || !seen(parent)) continue
      const fontSize = parseFloat(styleOf(parent).fontSize)
      const arabic = /\p{Script=Arabic}/u.test(text.nodeValue ?? '')
      const range = document.createRange()
      range.selectNodeContents(text)
      const frames = framesAround(parent)
      const target = bodies.findIndex((body) => body === parent.closest(`label, ${touchable}`))
      for (const rect of range.getClientRects()) {
        if (rect.width < 1) continue
        // The line's box is 1.448 of the size; characters leave its edges free, Arabic letters less of them.
        const { left, right } = withoutHanging(rect, text, fontSize, frames)
        const box = {
          left,
          right,
          top: rect.top + fontSize * (arabic ? 0.22 : 0.28),
          bottom: rect.bottom - fontSize * (arabic ? 0.02 : 0.15),
        }
        const main = parent.closest(mainWords) !== null && parent.closest(besideWords) === null
        lines.push({
          text: (text.nodeValue ?? '').trim().slice(0, 30),
          box,
          ...look(box, frames),
          fontSize,
          main,
          node,
          target: target < 0 ? null : target,
        })
      }
      const figure = /\d{1,2}:\d{2}\s*[–—-]+\s*\d{1,2}:\d{2}|\d{3,4}-\d{6,8}/gu
      for (const { 0: found, index } of (text.nodeValue ?? '').matchAll(figure)) {
        const at = (position: number) => {
          range.setStart(text, position)
          range.setEnd(text, position + 1)
          return range.getBoundingClientRect()
        }
        const first = at(index)
        const last = at(index + found.length - 1)
        if (Math.abs(first.top - last.top) < 1)
          figures.push({ text: found, first: first.left, last: last.left })
      }
    }

    const wide = [...document.querySelectorAll('*')].filter((element) => {
      if (element.closest(leftOut) || element.querySelector('.slip')) return false
      return (
        styleOf(element).overflowX !== 'visible' &&
        element.scrollWidth > element.clientWidth + 1 + (hung.get(element) ?? 0)
      )
    })
    return {
      window: { width: innerWidth, height: innerHeight },
      millimetre: parseFloat(document.documentElement.style.getPropertyValue('--mm')),
      direction: document.documentElement.dir,
      language: document.documentElement.lang,
      bar: [...document.querySelectorAll('nav > button')].map((each) => boxOf(each.getBoundingClientRect())),
      targets,
      lines,
      figures,
      wide: wide.map(nameOf),
    }
  })
}
