import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { SignInStep } from '@fobwatch/contracts'
import type { BrowserLike, SoftwareAuthenticator } from '@fobwatch/testkit'
import {
  addPerson,
  addPosition,
  assertAt,
  enrol,
  giveRole,
  issuer,
  registerClient,
  sql,
  startService,
  stepOf,
  type TestService,
} from '../../service.testing.ts'
import { arrive, comeBack, interactionOf, post, requestOf } from '../code-flow.testing.ts'

describe('a sign-in that its browser keeps', () => {
  let one: Awaited<ReturnType<typeof startService>>
  let other: TestService
  let device: SoftwareAuthenticator
  before(async () => {
    one = await startService()
    other = await startService({ beside: one })
    await registerClient(one)
    device = (await enrol(one, (await addPerson(one)).id)).device
  })
  after(async () => {
    await other.close()
    await one.close()
  })

  /** 8 times the same way back, at two instances. */
  const goBackAtOnce = (browser: BrowserLike, step: SignInStep) => {
    assert.equal(step.next, 'continue')
    const { pathname, href } = new URL(step.next === 'continue' ? step.url : '')
    const cookie = browser.cookieHeader(href)
    const goBack = ({ app }: TestService) => app.inject({ url: pathname, headers: { cookie } })
    return Promise.all(Array.from({ length: 8 }, (_, index) => goBack(index % 2 ? one : other)))
  }

  const rows = async () =>
    (await sql<{ count: number }>(one, `select count(*) from oidc_transient where kind = 'Interaction'`))[0]?.count

  const rowsOf = async (id: string) =>
    (
      await sql<{ count: number }>(
        one,
        `select count(*) from oidc_transient where kind = 'Interaction' and hash = sha256($1::text::bytea)`,
        id,
      )
    )[0]?.count

  it('leaves nothing in the database, and is the same at every instance', async () => {
    const browser = one.browser()
    const id = await arrive(browser)
    assert.equal(await rows(), 0)
    const cookie = browser.cookieHeader(`${issuer}/sign-in/${id}/state`)
    const answer = await other.app.inject({ url: `/sign-in/${id}/state`, headers: { cookie } })
    assert.equal(answer.statusCode, 200)
    assert.ok((await comeBack(browser, await assertAt(browser, id, device))).get('code'))
  })

  it('is a row where it is too long for a cookie', async () => {
    const browser = one.browser()
    const id = await arrive(browser, { state: 'x'.repeat(2048), nonce: 'x'.repeat(2048) })
    assert.equal(await rows(), 1)
    assert.ok((await comeBack(browser, await assertAt(browser, id, device))).get('code'))
    assert.equal(await rows(), 0)
  })

  it('line 27: goes back once where it became too long on its way, whether the row or the old cookie comes first', async () => {
    for (const oldFirst of [false, true]) {
      const browser = one.browser()
      let [id, length] = ['', 2048]
      // The longest that a cookie holds as it begins; how it ended is noted in it too.
      do {
        length -= 40
        id = await arrive(browser, { state: 'x'.repeat(length), nonce: 'x'.repeat(400) })
      } while ((await rowsOf(id)) === 1)
      const [, sealed] = /fobwatch_sign_in=([^;]+)/.exec(browser.cookieHeader(`${issuer}/sign-in/${id}`)) ?? []
      const step = stepOf(await assertAt(browser, id, device))
      assert.equal(await rowsOf(id), 1, `a state of ${length}`)
      const { pathname, href } = new URL(step.next === 'continue' ? step.url : '')
      const withRow = browser.cookieHeader(href)
      const withCookie = withRow.replace(/fobwatch_sign_in=[^;]+/, `fobwatch_sign_in=${sealed}`)
      assert.notEqual(withCookie, withRow)
      const answers: string[] = []
      for (const cookie of oldFirst ? [withCookie, withRow] : [withRow, withCookie]) {
        const { statusCode, headers } = await one.app.inject({ url: pathname, headers: { cookie } })
        answers.push(String(headers.location).includes('code=') ? 'code' : String(statusCode))
      }
      assert.equal(answers[1], '400', `${answers}`)
    }
  })

  it('line 31: is nothing when anything in it was changed, or it is put in the place of another', async () => {
    const browser = one.browser()
    const [id, another] = [await arrive(browser), await arrive(browser)]
    const kept = (of: string) => browser.cookieHeader(`${issuer}/sign-in/${of}`)
    const [, sealed = ''] = /fobwatch_sign_in=([^;]+)/.exec(kept(id)) ?? []
    const at = Math.floor(sealed.length / 2)
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    const statusOf = async (of: string, value: string) => {
      const cookie = kept(of).replace(/fobwatch_sign_in=[^;]+/, `fobwatch_sign_in=${value}`)
      return (await one.app.inject({ url: `/sign-in/${of}/state`, headers: { cookie } })).statusCode
    }
    assert.equal(await statusOf(id, sealed), 200)
    assert.equal(await statusOf(id, changed), 400)
    assert.equal(await statusOf(another, sealed), 400)
  })

  it('line 27: goes back once, of 8 at once, raced across two instances, and not again with all that it had', async () => {
    const browser = one.browser()
    const id = await arrive(browser)
    const step = stepOf(await assertAt(browser, id, device))
    assert.equal(step.next, 'continue')
    const { pathname, href } = new URL(step.next === 'continue' ? step.url : '')
    const cookie = browser.cookieHeader(href)
    const goBack = ({ app }: TestService) => app.inject({ url: pathname, headers: { cookie } })
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => goBack(index % 2 ? one : other)))
    assert.equal(answers.filter(({ headers }) => String(headers.location).includes('code=')).length, 1)
    assert.equal(answers.filter(({ statusCode }) => statusCode === 400).length, 7)
    assert.equal((await goBack(other)).statusCode, 400)
  })

  it('line 27: goes back once, of 8 at once, where its request was pushed; the others are told that it has ended', async () => {
    for (let round = 0; round < 5; round += 1) {
      const browser = one.browser()
      const { body } = await post(one, '/par', requestOf({}))
      const query = new URLSearchParams({ client_id: 'ward', request_uri: String(body['request_uri']) })
      const id = interactionOf(await browser.follow(`${issuer}/authorize?${query}`, { until: 'another-origin' }))
      const answers = await goBackAtOnce(browser, stepOf(await assertAt(browser, id, device)))
      assert.equal(answers.filter(({ headers }) => String(headers.location).includes('code=')).length, 1)
      assert.equal(answers.filter(({ statusCode }) => statusCode === 400).length, 7)
    }
  })

  it('takes an only role on the way back once, of 8 at once', async () => {
    const person = await addPerson(one)
    const at = { code: 'ABC01', name: 'Example Trust' }
    const role = { roleCode: 'S8000:G8000:R8001' }
    const before = await giveRole(one, person.id, await addPosition(one, at, { name: 'Nurse, Ward 7', ...role }))
    const own = (await enrol(one, person.id)).device
    const browser = one.browser()
    const step = stepOf(await assertAt(browser, await arrive(browser, { scope: 'openid selectedrole' }), own))
    await sql(one, 'update assignment set ended_at = now() where id = $1', before)
    await giveRole(one, person.id, await addPosition(one, at, { name: 'Nurse, Ward 8', ...role }))
    await goBackAtOnce(browser, step)
    const chosen = `select count(*)::int from audit_event where type = 'role-chosen'`
    assert.equal((await sql<{ count: number }>(one, chosen))[0]?.count, 1)
  })
})
