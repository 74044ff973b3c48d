import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { RequestOptions } from '@fobwatch/contracts'
import { createBrowserLike, type Page, type SoftwareAuthenticator } from '@fobwatch/testkit'
import { sendToPort } from './instances.testing.ts'
import { arrive, authorizeUrl, comeBack } from './oidc/code-flow.testing.ts'
import { addPerson, enrol, issuer, registerClient, startService } from './service.testing.ts'

const most = 10

describe('a service with more to do than it can', () => {
  let service: Awaited<ReturnType<typeof startService>>
  let device: SoftwareAuthenticator
  let port = 0
  before(async () => {
    service = await startService({ environment: { FOBWATCH_REQUESTS_AT_ONCE: String(most) } })
    await registerClient(service)
    device = (await enrol(service, (await addPerson(service)).id)).device
    port = Number(new URL(await service.app.listen({ port: 0, host: '127.0.0.1' })).port)
  })
  after(() => service.close())

  const browser = () =>
    createBrowserLike(
      issuer,
      undefined,
      sendToPort(() => port),
    )

  /** Holds the table that a request needs, until so many wait for it; then does something, and lets them all go. */
  const whileWaiting = async (asks: (() => Promise<Page>)[], meanwhile: () => Promise<void>): Promise<Page[]> => {
    const begun = await service.store.inTransaction(async (tx) => {
      await service.store.run({ name: '', text: 'lock table session in access exclusive mode' }, [], tx)
      const pages = asks.map((ask) => ask())
      while (service.traffic.underWay() < asks.length) await new Promise((resolve) => setTimeout(resolve, 5))
      await meanwhile()
      return { pages }
    })
    return Promise.all(begun.pages)
  }
  const askSession = (count: number) =>
    Array.from({ length: count }, () => {
      const mine = browser()
      return () => mine.get('/api/session', { headers: { cookie: 'fobwatch_session=unknown' } })
    })

  it('refuses whoever would begin, and lets everybody finish who has begun', async () => {
    const inside = browser()
    const id = await arrive(inside)
    const { challenge } = (await inside.postJson(`/sign-in/${id}/options`, {})).json<RequestOptions>()
    const response = device.authenticate({ challenge, rpId: 'localhost' }, { origin: issuer })
    let finishing: Promise<Page> | undefined
    const pages = await whileWaiting(askSession(most / 2 + 1), async () => {
      const page = await browser().get(authorizeUrl())
      assert.deepEqual([page.status, page.headers.get('retry-after')], [503, '5'])
      assert.match(page.body, /<h1[^>]*>Fobwatch is busy<\/h1>/)
      const options = await browser().postJson('/sign-in/fobwatch/options', {})
      assert.deepEqual([options.status, options.json<{ error: string }>().error], [503, 'unavailable'])
      assert.equal((await browser().get('/health/live')).status, 200)
      assert.equal((await browser().get('/health/ready')).status, 200)
      // It waits for the same table, and is let in.
      finishing = inside.postJson(`/sign-in/${id}/assertion`, { response })
    })
    assert.ok(pages.every(({ status }) => status !== 503))
    const assertion = await finishing
    assert.ok(assertion)
    assert.ok((await comeBack(inside, assertion)).has('code'))
  })

  it('refuses everything but how it is, above all that it can take, and says so to balancers', async () => {
    const pages = await whileWaiting(askSession(most), async () => {
      const token = await sendToPort(() => port)(new URL(`${issuer}/token`), {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'grant_type=authorization_code',
      })
      assert.equal(token.status, 503)
      assert.equal(token.headers.get('retry-after'), '5')
      assert.equal(((await token.json()) as { error: string }).error, 'temporarily_unavailable')
      assert.equal((await browser().get('/health/live')).status, 200)
      const ready = await browser().get('/health/ready')
      assert.deepEqual([ready.status, ready.json<{ because: string }>().because], [503, 'overloaded'])
    })
    assert.ok(pages.every(({ status }) => status !== 503))
    assert.equal((await browser().get('/health/ready')).status, 200)
    assert.equal((await browser().get(authorizeUrl())).status, 303)
  })

  it('takes of a flood what it can, and everybody whom it took is answered, and finishes', async () => {
    const inside = browser()
    const id = await arrive(inside)
    const { challenge } = (await inside.postJson(`/sign-in/${id}/options`, {})).json<RequestOptions>()
    const response = device.authenticate({ challenge, rpId: 'localhost' }, { origin: issuer })
    let refused = 0
    const flood = await service.store.inTransaction(async (tx) => {
      await service.store.run({ name: '', text: 'lock table session in access exclusive mode' }, [], tx)
      const pages = askSession(4 * most).map(async (ask) => {
        const page = await ask()
        if (page.status === 503) refused += 1
        return page
      })
      while (refused < 3 * most) await new Promise((resolve) => setTimeout(resolve, 5))
      return { pages }
    })
    const pages = await Promise.all(flood.pages)
    assert.equal(pages.filter(({ status }) => status !== 503).length, most)
    assert.ok((await comeBack(inside, await inside.postJson(`/sign-in/${id}/assertion`, { response }))).has('code'))
  })
})
