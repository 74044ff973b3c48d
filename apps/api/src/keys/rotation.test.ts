import assert from 'node:assert/strict'
import { after, before, describe, it, mock } from 'node:test'
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { cacheSeconds, signingAlgorithms } from '#keys'
import { arrive, comeBack, getCode, redeem } from '../oidc/code-flow.testing.ts'
import {
  addPerson,
  assertAt,
  enrol,
  registerClient,
  sql,
  startService,
  type TestService,
  ward,
} from '../service.testing.ts'

type Device = Awaited<ReturnType<typeof enrol>>['device']

const publishedBy = async ({ app }: Pick<TestService, 'app'>) => (await app.inject('/jwks')).json() as JSONWebKeySet
const kidsOf = ({ keys }: JSONWebKeySet) => keys.map(({ kid }) => kid ?? '').sort()
const kidOf = (jwt: string) => decodeProtectedHeader(jwt).kid ?? ''

describe('line 37: keys that follow one another, at two instances', () => {
  // The library reads the clock of the process, which is therefore the one that is moved.
  const advance = ({ days = 0, hours = 0, minutes = 0, seconds = 0 }) =>
    mock.timers.setTime(Date.now() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000)
  let first: Awaited<ReturnType<typeof startService>>
  let second: TestService
  let device: Device
  let atFirst: string[]
  /** An ID token of each instance, signed by the first keys. */
  const old: string[] = []
  before(async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    first = await startService()
    second = await startService({ beside: first })
    for (const alg of signingAlgorithms) {
      const algorithms = { id_token_signed_response_alg: alg, userinfo_signed_response_alg: alg }
      const metadata = { ...ward.metadata, ...algorithms }
      await registerClient(first, { ...ward, id: `ward-${alg.toLowerCase()}`, metadata })
    }
    device = (await enrol(first, (await addPerson(first)).id)).device
    atFirst = kidsOf(await publishedBy(first))
  })
  after(async () => {
    await second.close()
    await first.close()
    mock.timers.reset()
  })

  /** Somebody signs in from the beginning. @returns the ID token and the API's access token */
  const signIn = async (at: TestService, client_id = 'ward-es256', resource?: string): Promise<string[]> => {
    const parameters = { client_id, resource }
    const code = await getCode(at.browser(), device, parameters)
    const { status, body } = await redeem(at, code, parameters)
    assert.equal(status, 200, JSON.stringify(body))
    return [String(body['id_token']), String(body['access_token'])]
  }
  const idToken = async (at: TestService) => String((await signIn(at))[0])
  const verifies = async (jwt: string, at: TestService) =>
    jwtVerify(jwt, createLocalJWKSet(await publishedBy(at)), { currentDate: new Date(0) }).then(
      () => true,
      () => false,
    )
  const userinfoWith = async (token = '') => {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await first.app.inject({ url: '/userinfo', headers })
    assert.match(String(answer.headers['content-type']), /^application\/jwt/)
    return answer.body
  }
  const signOut = (hint: string) =>
    `http://localhost:3000/logout?id_token_hint=${hint}&post_logout_redirect_uri=http://localhost:3001/`
  const both = () => [first, second]

  for (const alg of signingAlgorithms)
    it(`signs for a client of ${alg} its ID tokens, its userinfo, and the access tokens for its APIs`, async () => {
      const [resource] = (ward.apis ?? []).map((api) => api.resource)
      const [id = '', access = ''] = await signIn(first, `ward-${alg.toLowerCase()}`, resource)
      const userinfo = await userinfoWith((await signIn(first, `ward-${alg.toLowerCase()}`))[1])
      for (const jwt of [id, access, userinfo]) {
        assert.equal(decodeProtectedHeader(jwt).alg, alg)
        assert.ok(await verifies(jwt, second))
      }
    })

  it('long before the time, there is one key for each algorithm, and it signs', async () => {
    advance({ days: 87 })
    for (const each of both()) await each.rooms.keys.rotateDue()
    for (const each of both()) {
      assert.deepEqual(kidsOf(await publishedBy(each)), atFirst)
      old.push(await idToken(each))
    }
  })

  it('before the time, the next is published, made once of two instances at once, and does not sign yet', async () => {
    advance({ days: 1 })
    await Promise.all(both().map(({ rooms }) => rooms.keys.rotateDue()))
    const published = await Promise.all(both().map(publishedBy))
    for (const each of published) {
      assert.deepEqual(kidsOf(each), kidsOf(published[0] ?? { keys: [] }))
      assert.equal(each.keys.length, 8)
      for (const kid of atFirst) assert.ok(kidsOf(each).includes(kid))
    }
    for (const each of both()) assert.ok(atFirst.includes(kidOf(await idToken(each))))
    const made = `select details->>'algorithm' as alg, details->>'because' as because from audit_event
      where type = 'signing-key-made' order by seq`
    const events = await sql<{ because: string }>(first, made)
    assert.deepEqual(
      events.map(({ because }) => because),
      [...Array(4).fill('first'), ...Array(4).fill('schedule')],
    )
  })

  it('is published for longer before it signs than anybody is told to keep what is published', async () => {
    const answer = await first.app.inject('/jwks')
    assert.equal(answer.headers['cache-control'], `public, max-age=${cacheSeconds}`)
    assert.deepEqual([answer.headers['set-cookie'] ?? []].flat(), [])
    const next = (await first.rooms.keys.listKeys()).filter(({ state }) => state === 'next')
    assert.equal(next.length, 4)
    for (const { signsFrom } of next) assert.ok(signsFrom.getTime() - Date.now() > cacheSeconds * 1000)
  })

  it('at the time, both sign with the next by their clocks alone, and the old still verifies at both', async () => {
    advance({ hours: 47, minutes: 59, seconds: 59 })
    for (const each of both()) assert.ok(atFirst.includes(kidOf(await idToken(each))))
    const browser = first.browser()
    const begun = await arrive(browser, { client_id: 'ward-es256' })
    advance({ seconds: 1 })
    const kids = []
    for (const each of both()) {
      const jwt = await idToken(each)
      kids.push(kidOf(jwt))
      for (const token of [jwt, ...old]) for (const at of both()) assert.ok(await verifies(token, at))
    }
    const code = (await comeBack(browser, await assertAt(browser, begun, device))).get('code') ?? ''
    const { body } = await redeem(second, code, { client_id: 'ward-es256' })
    kids.push(kidOf(String(body['id_token'])))
    assert.equal(new Set(kids).size, 1, 'a log in that was begun before ends after it')
    assert.ok(!atFirst.includes(kids[0] ?? ''))
  })

  it('an ID token of the old key still says whom an application signs out, as long as a session lasts', async () => {
    advance({ hours: 12 })
    const [, hint = ''] = old
    const page = await first.browser().follow(signOut(hint), { until: 'another-origin' })
    assert.equal(page.location?.href, 'http://localhost:3001/', page.body)
  })

  it('after its last token has expired, by anybody’s clock, the old is published no more, and its private half is gone', async () => {
    const privateHalves = () => sql<{ kid: string }>(first, `select kid from signing_key where sealed_private <> ''`)
    advance({ minutes: 4, seconds: 59 })
    for (const each of both()) await each.rooms.keys.rotateDue()
    for (const each of both()) assert.equal((await publishedBy(each)).keys.length, 8)
    advance({ seconds: 1 })
    for (const { rooms } of both()) assert.equal(rooms.keys.signers().length, 4, 'by the clock alone')
    for (const each of both()) {
      assert.equal((await publishedBy(each)).keys.length, 4)
      for (const token of old) assert.ok(!(await verifies(token, each)))
      assert.ok(await verifies(await idToken(first), each))
    }
    const [, hint = ''] = old
    assert.equal((await first.browser().get(signOut(hint))).status, 400, 'nor does it say whom to sign out')
    assert.equal((await privateHalves()).length, 8)
    await first.rooms.keys.rotateDue()
    assert.equal((await privateHalves()).length, 4)
    for (const { kid } of await privateHalves()) assert.ok(!atFirst.includes(kid))
  })

  it('never publishes a private member', async () => {
    for (const each of both())
      for (const key of (await publishedBy(each)).keys)
        for (const member of Object.keys(key))
          assert.ok(['kty', 'use', 'kid', 'alg', 'crv', 'x', 'y', 'n', 'e'].includes(member), member)
  })
})
