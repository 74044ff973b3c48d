import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Failure } from '@fobwatch/contracts'
import { newId } from '#kernel'
import { addSignedOn, authorizeUrl, post, redeem, type SignedOn } from '../../oidc/code-flow.testing.ts'
import {
  addPerson,
  addPosition,
  assertAt,
  enrol,
  giveRole,
  issuer,
  postWith,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
  ward,
} from '../../service.testing.ts'

/** How an authenticator comes to open nothing any more; each through a service, at one of its instances. */
const endings: [what: string, why: string, end: (at: TestService, signed: SignedOn) => Promise<unknown>][] = [
  [
    'reported lost by its holder',
    'suspended',
    async (at, { authenticatorId: id, browser }) => {
      const { status } = await postWith(at, browser, `/api/authenticators/${id}/lost`, {})
      assert.equal(status, 200)
    },
  ],
  [
    'removed by its holder',
    'revoked',
    async (at, { authenticatorId: id, browser }) => {
      const url = `/api/authenticators/${id}`
      const headers = { cookie: browser.cookieHeader(`${issuer}${url}`), origin: issuer }
      const { statusCode } = await at.app.inject({ method: 'DELETE', url, headers, payload: { evenIfLast: true } })
      assert.equal(statusCode, 200)
    },
  ],
  ...(['suspend', 'revoke'] as const).map((deed): (typeof endings)[number] => [
    deed === 'suspend' ? 'suspended at the desk' : 'revoked at the desk',
    deed === 'suspend' ? 'suspended' : 'revoked',
    async (at, { authenticatorId: id, person }) => {
      const agent = await addPerson(at, 'Duty', 'agent')
      const code = `ZZ${newId().slice(-6)}`
      await giveRole(
        at,
        agent.id,
        await addPosition(at, { code, name: 'Hospital' }, { name: 'Agent', dutyCode: 'agent' }),
      )
      await at.store.inTransaction(async (tx) => {
        const organisation = await at.rooms.access.findOrganisation(code, tx)
        await at.rooms.access.affiliate(tx, person.id, organisation?.id ?? '')
      })
      const browser = await signInHere(at, (await enrol(at, agent.id)).device)
      const url = `/api/desk/people/${person.staffId}/authenticators/${id}/${deed}`
      assert.equal((await browser.postJson(url, { because: 'desk' })).status, 204)
    },
  ]),
  [
    'overdue',
    'expired',
    async (at, { authenticatorId: id }) => {
      await sql(at, 'update authenticator set expires_at = now() where id = $1', id)
      await at.rooms.authenticators.expireOverdue()
    },
  ],
]

describe('an authenticator that opens nothing any more', () => {
  /** Two instances on one database: the deed is done at one, and what follows is asked of the other. */
  let here: TestService
  let there: TestService
  before(async () => {
    const first = await startService()
    here = first
    there = await startService({ beside: first })
    await registerClient(here)
    await registerClient(here, { ...ward, id: 'other', name: 'Other list', apis: [] })
  })
  after(async () => {
    await there.close()
    await here.close()
  })

  /** Signed on to both applications. */
  const sign = async (): Promise<SignedOn> => {
    const signed = await addSignedOn(there)
    await signed.browser.follow(authorizeUrl({ client_id: 'other' }), { until: 'another-origin' })
    return signed
  }
  const asks = (signed: SignedOn): Record<string, () => Promise<unknown>> => ({
    session: async () => (await signed.browser.get('/api/session')).status,
    userinfo: async () => {
      const headers = { authorization: `Bearer ${signed.accessToken}` }
      return (await there.app.inject({ url: '/userinfo', headers })).statusCode
    },
    introspection: async () =>
      (await post(there, '/introspect', { client_id: 'ward', token: signed.accessToken })).body['active'],
    refresh: async () => {
      const form = { grant_type: 'refresh_token', client_id: 'ward', refresh_token: signed.refreshToken }
      return (await post(there, '/token', form)).body['error']
    },
    code: async () => (await redeem(there, signed.code)).body['error'],
  })
  const refusals: Record<string, unknown> = {
    session: 401,
    userinfo: 401,
    introspection: false,
    refresh: 'invalid_grant',
    code: 'invalid_grant',
  }

  for (const [what, why, end] of endings) {
    for (const [question, refused] of Object.entries(refusals))
      it(`line 17: ${what}: the very next ${question} at another instance is refused`, async () => {
        const signed = await sign()
        const ask = asks(signed)[question]
        // An instance that kept an answer would have kept this one. A code and a refresh token are good once only.
        if (typeof refused !== 'string') assert.notEqual(await ask?.(), refused)
        await end(here, signed)
        assert.equal(await ask?.(), refused)
      })

    it(`${what}: one notice for each application stands in the outbox, and one for its holder`, async () => {
      const signed = await sign()
      await end(here, signed)
      const notices = await sql<{ client: string; why: string }>(
        here,
        `select fact->>'client' as client, fact->>'why' as why from outbox
         where kind = 'session-ended' and fact->>'person' = $1 order by 1`,
        signed.person.id,
      )
      assert.deepEqual(notices, [
        { client: 'other', why: `authenticator-${why}` },
        { client: 'ward', why: `authenticator-${why}` },
      ])
      const told = await sql<{ change: string }>(
        here,
        `select fact->>'change' as change from outbox
         where kind = 'authenticator-changed' and fact->>'authenticator' = $1 and fact->>'change' <> 'added'`,
        signed.authenticatorId,
      )
      assert.deepEqual(told, [{ change: why }])
    })

    it(`line 17: ${what}: it signs nobody in at another instance`, async () => {
      const signed = await sign()
      await end(here, signed)
      const page = await assertAt(there.browser(), 'fobwatch', signed.device)
      const told = { suspended: 'credential_suspended', revoked: 'credential_removed', expired: 'credential_expired' }
      assert.deepEqual([page.status, page.json<Failure>().error], [400, told[why as keyof typeof told]])
    })
  }

  it('line 17: of a log in and a suspension at the same time, no session is left', async () => {
    for (let times = 0; times < 8; times += 1) {
      const { authenticatorId: id, device, person } = await sign()
      const browsers = [there.browser(), here.browser(), there.browser()]
      const deed = { id, personId: person.id, because: 'stolen', by: { as: 'command', actor: null } } as const
      await Promise.all([
        ...browsers.map((browser) => assertAt(browser, 'fobwatch', device)),
        here.store.inTransaction((tx) => here.rooms.authenticators.pause(tx, deed)),
      ])
      for (const browser of browsers) assert.equal((await browser.get('/api/session')).status, 401)
      const open = 'select from session where person_id = $1 and ended_at is null'
      assert.equal((await sql(here, open, person.id)).length, 0)
    }
  })
})
