import '../styles/tokens.css'
import { afterFrame } from '../composables/after-frame.ts'
import './cover.css'

/*
 * The first a visitor sees, before the program is read: it has to be drawn before that keeps the page busy, and
 * words whose letters have not come are drawn as nothing.
 */

/** Milliseconds letters are waited for. */
const patience = 1000
/** Milliseconds after which a program that could not be read is asked for again, with its page. */
const untilAgain = 2000

// The program will see to this itself, once it is there.
window.addEventListener('contextmenu', (event) => event.preventDefault())

const letters = Promise.allSettled([...document.fonts].map((face) => face.load()))
const enough = new Promise((resolve) => {
  window.setTimeout(resolve, patience)
})
await Promise.race([letters, enough])
afterFrame(() => {
  import('../main.ts').catch(() => window.setTimeout(() => window.location.reload(), untilAgain))
})
