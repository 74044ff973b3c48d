import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { statement } from '@fobwatch/store'
import { addPerson, assertAt, enrol, registerClient, startService, type TestService } from '../../service.testing.ts'
import { arrive, authorizeUrl, comeBack, getCode, redeem } from '../code-flow.testing.ts'

/** Every row of every table, as text. */
const everything = statement<[], { text: string }>(
  'test:everything',
  `select string_agg(query_to_xml(format('select * from %I', table_name), true, true, '')::text, ' ') as text
   from information_schema.tables where table_schema = 'public' and table_name <> '_prisma_migrations'`,
)

describe('what a thief of the database finds', () => {
  let service: TestService
  before(async () => {
    service = await startService()
    await registerClient(service)
  })
  after(() => service.close())

  it('is no session, no code and no token', async () => {
    const person = await addPerson(service)
    const { device } = await enrol(service, person.id)
    const browser = service.browser()
    const scope = 'openid offline_access'
    const code = await getCode(browser, device, { scope, prompt: 'consent' })
    const { body } = await redeem(service, code)
    const unredeemed = await getCode(browser, device, { prompt: 'login' })
    // A sign-in that begins while somebody is signed in, and is left half-way.
    await arrive(browser, { prompt: 'login' })

    const { text } = (await service.store.row(everything, [])) ?? { text: '' }
    const cookies = Object.fromEntries(
      browser
        .cookieHeader('http://localhost:3000/')
        .split('; ')
        .map((pair) => pair.split('=')),
    )
    const secrets = { session: cookies['fobwatch_session'], code, unredeemed, ...body, id_token: undefined }
    assert.ok(secrets.session && body['refresh_token'] && body['access_token'])
    assert.ok(text.includes(person.staffId), 'the whole database was read')
    for (const [name, secret] of Object.entries(secrets))
      if (typeof secret === 'string' && secret.length > 30) assert.ok(!text.includes(secret), name)
  })
})

describe('the way back from a sign-in', () => {
  let service: TestService
  before(async () => {
    service = await startService()
    await registerClient(service)
  })
  after(() => service.close())

  it('is gone once, by however many at once', async () => {
    const person = await addPerson(service)
    const { device } = await enrol(service, person.id)
    const browser = service.browser()
    const id = await arrive(browser)
    const step = (await assertAt(browser, id, device)).json<{ url: string }>()
    const answers = await Promise.all(Array.from({ length: 8 }, () => browser.get(step.url)))
    const codes = answers.filter(({ location }) => location?.searchParams.has('code'))
    assert.equal(codes.length, 1)
    assert.ok(answers.every(({ status }) => status === 303 || status === 400))
  })

  it('takes parameters of an address from nowhere else', async () => {
    const person = await addPerson(service)
    const { device } = await enrol(service, person.id)
    const browser = service.browser()
    const id = await arrive(browser)
    await comeBack(browser, await assertAt(browser, id, device))
    const { authenticators } = (await browser.get('/api/authenticators')).json<{ authenticators: { id: string }[] }>()
    const nobodys = '00000000-0000-4000-8000-000000000000'
    const answer = await service.app.inject({
      method: 'PATCH',
      url: `/api/authenticators/${nobodys}?id=${authenticators[0]?.id}`,
      headers: { cookie: browser.cookieHeader('http://localhost:3000/'), host: 'localhost:3000' },
      payload: { name: 'Not mine' },
    })
    assert.equal(answer.statusCode, 404)
    const begun = await browser.postJson('/sign-in/whatever/options?interaction=fobwatch', {})
    assert.equal(begun.json<{ error: string }>().error, 'sign_in_unknown')
    assert.equal(
      (await browser.follow(authorizeUrl(), { until: 'another-origin' })).location?.origin,
      'http://localhost:3001',
    )
  })
})
