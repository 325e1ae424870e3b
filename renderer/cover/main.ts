import '../styles/tokens.css'
import { afterFrame } from '../composables/after-frame.ts'
import './cover.css'

/*
 * The first a visitor sees, before the program is read: it has to be drawn before that keeps the page busy, and
 * words whose letters have not come are drawn as nothing.
 */
await Promise.allSettled([...document.fonts].map((face) => face.load()))
afterFrame(() => void import('../main.ts'))
