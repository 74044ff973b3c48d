import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { RequestOptions } from '@fobwatch/contracts'
import {
  type BrowserLike,
  type MortalPostgres,
  type Page,
  type SoftwareAuthenticator,
  startMortalPostgres,
} from '@fobwatch/testkit'
import { addPerson, enrol, issuer, startService } from './service.testing.ts'

describe('a service whose PostgreSQL is killed', () => {
  let database: MortalPostgres
  let service: Awaited<ReturnType<typeof startService>>
  before(async () => {
    database = await startMortalPostgres()
    service = await startService({ beside: { url: database.url, masterKey: randomBytes(32).toString('base64') } })
  })
  after(async () => {
    await service.close()
    await database.remove()
  })

  const signIn = async (browser: BrowserLike, device: SoftwareAuthenticator): Promise<Page> => {
    const asked = await browser.postJson('/sign-in/fobwatch/options', {})
    if (asked.status !== 200) return asked
    const response = device.authenticate(asked.json<RequestOptions>(), { origin: issuer })
    return browser.postJson('/sign-in/fobwatch/assertion', { response })
  }
  const until = async (is: () => boolean): Promise<void> => {
    while (!is()) await delay(10)
  }

  it('line 43: stays up, says 503 meanwhile, comes back by itself, and has lost no session that it acknowledged', async () => {
    const acknowledged: BrowserLike[] = []
    const refused: Page[] = []
    let over = false
    const people = await Promise.all(
      ['Asha', 'Bram', 'Cleo'].map(async (name) => enrol(service, (await addPerson(service, name)).id)),
    )
    const loops = people.map(async ({ device }) => {
      while (!over) {
        const browser = service.browser()
        const page = await signIn(browser, device)
        if (page.status === 200) acknowledged.push(browser)
        else {
          refused.push(page)
          await delay(20)
        }
      }
    })
    try {
      await until(() => acknowledged.length > 6)
      await database.kill()
      const before = refused.length
      await until(() => refused.length > before + 6)
      await database.startAgain()
      const kept = acknowledged.length
      await until(() => acknowledged.length > kept + 6)
    } finally {
      over = true
      await Promise.all(loops)
    }
    for (const { status, headers, body } of refused) {
      assert.equal(status, 503, body)
      assert.match(headers.get('retry-after') ?? '', /^\d+$/)
    }
    for (const browser of acknowledged) assert.equal((await browser.get('/api/session')).status, 200)
  })
})
