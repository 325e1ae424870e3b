import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type FrontDoor, openFrontDoor } from '../../../electron/front-door.ts'
import { rendererFolder } from '../../fixtures/hosts.ts'

let door: FrontDoor

beforeEach(async () => {
  const renderer = await rendererFolder()
  await writeFile(join(renderer, 'assets', 'main-BdF3kQ9x.js'), 'export {}')
  door = await openFrontDoor({ renderer, port: 0 })
})

afterEach(async () => {
  await door.close()
})

const headers = () => ({ cookie: `${door.cookie.name}=${door.cookie.value}` })
const get = (path: string) => fetch(`${door.origin}${path}`, { headers: headers() })
const call = () =>
  fetch(`${door.origin}/api/get-content`, {
    method: 'POST',
    headers: { ...headers(), 'content-type': 'application/json' },
    body: '[]',
  })
/** Whether a page is known to stand by now; what has been answered before is known of by then. */
async function stands(): Promise<boolean> {
  const not = new Promise<false>((resolve) => {
    setImmediate(() => setImmediate(resolve, false))
  })
  return Promise.race([door.pageStands.then(() => true), not])
}

it('does not take what a page names itself for a page that stands', async () => {
  expect((await get('/')).status).toBe(200)
  expect((await get('/assets/index-BdF3kQ9x.js')).status).toBe(200)
  expect(await stands()).toBe(false)
})

it('knows that the page stands once it has its program', async () => {
  expect((await get('/assets/main-BdF3kQ9x.js')).status).toBe(200)
  expect(await stands()).toBe(true)
})

it('knows that the page stands once it calls, and answers when there is somebody to', async () => {
  const reply = call()
  await door.pageStands
  door.answerWith(async (name) => ({ ok: true, value: name }))
  expect(await (await reply).json()).toEqual({ ok: true, value: 'get-content' })
})

it('is told nothing by a stranger', async () => {
  expect((await fetch(`${door.origin}/assets/main-BdF3kQ9x.js`)).status).toBe(403)
  expect(await stands()).toBe(false)
})
