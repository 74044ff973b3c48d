import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { AuthenticationMisbehaviour, RequestOptionsJSON } from '@fobwatch/testkit'
import { type Asked, askUserinfo, authorize, post, redeem, signatureCheck } from '../../load/application.ts'
import { type Browser, expectOk, expectRedirect, openBrowser } from '../../load/browser.ts'
import { logIn } from '../../load/log-in.ts'
import { openWire, type Wire } from '../../load/wire.ts'
import { type DatabaseServer, startDatabaseServer } from '../../machine/database.ts'
import { launcher } from '../../machine/launch.ts'
import type { Person, Running } from '../contender.ts'
import { floor } from './index.ts'

describe('the floor', () => {
  let folder: string
  let server: DatabaseServer
  let running: Running
  let wire: Wire
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-floor-'))
    server = await startDatabaseServer(join(folder, 'postgres'))
    const database = await server.create('floor')
    running = await floor.start({ database, folder, people: 2, roles: 1, launch: launcher({ core: undefined }) })
    wire = openWire(running.origin, 2)
  })
  after(async () => {
    await wire?.close()
    await running?.stop()
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  /** A browser at the log-in page, and what the application remembers of it. */
  const arrive = async (): Promise<{ browser: Browser; page: URL; asked: Asked }> => {
    const browser = openBrowser(wire)
    const asked = authorize(running)
    return { browser, asked, page: expectRedirect(await browser.get(asked.url)) }
  }
  const person = (which: number): Person => running.people.at(which) ?? assert.fail('nobody is enrolled')
  const answer = async (
    { browser, page }: Awaited<ReturnType<typeof arrive>>,
    misbehave: AuthenticationMisbehaviour,
  ) => {
    const options = expectOk(await browser.ask(new URL(`${page.pathname}/options`, page), page, {}))
    return person(0).device.authenticate(JSON.parse(options.body) as RequestOptionsJSON, {
      origin: page.origin,
      misbehave,
    })
  }
  const send = ({ browser, page }: Awaited<ReturnType<typeof arrive>>, response: object) =>
    browser.ask(new URL(`${page.pathname}/assertion`, page), page, { response })
  const cameBack = async () => {
    const { browser, page, asked } = await arrive()
    return { asked, back: expectRedirect(await browser.get(await running.logIn(browser, person(1), page))) }
  }

  it('gives tokens for a device that answers rightly', async () => {
    const { asked, back } = await cameBack()
    const tokens = await redeem(wire, running, asked, back)
    assert.ok((await signatureCheck(wire, running))(tokens.id_token))
    assert.equal(await askUserinfo(wire, running, tokens), '000000000002')
  })

  const faults: Record<string, AuthenticationMisbehaviour> = {
    'a wrong signature': { signature: 'other-key' },
    'signed other data': { signature: 'other-data' },
    'another RP ID': { rpId: 'example.org' },
    'another origin': { origin: 'http://localhost:1' },
    'no user verification': { userVerified: false },
    'somebody else as its user': { userHandle: Buffer.alloc(32).toString('base64url') },
    'a ceremony of another type': { type: 'webauthn.create' },
    'an unknown credential': { id: Buffer.alloc(16).toString('base64url') },
  }
  for (const [name, misbehave] of Object.entries(faults))
    it(`refuses ${name}`, async () => {
      const at = await arrive()
      assert.equal((await send(at, await answer(at, misbehave))).status, 400)
    })

  it('refuses a challenge twice, and one of another log in', async () => {
    const at = await arrive()
    const response = await answer(at, {})
    assert.equal((await send(await arrive(), response)).status, 400)
    const again = await answer(at, {})
    assert.equal((await send(at, again)).status, 200)
    assert.match((await send(at, again)).body, /challenge_or_credential_unknown/)
  })

  it('refuses a code twice, and with another verifier', async () => {
    const { asked, back } = await cameBack()
    await redeem(wire, running, asked, back)
    await assert.rejects(redeem(wire, running, asked, back), /invalid_grant/)
    const other = await cameBack()
    const verifier = Buffer.alloc(32).toString('base64url')
    await assert.rejects(redeem(wire, running, { ...other.asked, verifier }, other.back), /invalid_grant/)
    await assert.rejects(redeem(wire, running, other.asked, other.back), /invalid_grant/)
  })

  it('refuses another client secret', async () => {
    const { asked, back } = await cameBack()
    const application = { ...running.application, secret: 'guessed' }
    await assert.rejects(redeem(wire, { ...running, application }, asked, back), /401/)
  })

  it('gives new tokens for a refresh token once', async () => {
    const offline = { ...running, application: { ...running.application, scope: running.offlineScope ?? '' } }
    const { tokens } = await logIn(wire, offline, person(0))
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }
    const { refresh_token: next } = await post(wire, running, running.endpoints.token, form)
    assert.ok(typeof next === 'string' && next !== tokens.refresh_token)
    await assert.rejects(post(wire, running, running.endpoints.token, form), /invalid_grant/)
  })

  it('lets nobody but the application look at its token', async () => {
    const { tokens } = await logIn(wire, running, person(0))
    const form = { token: tokens.access_token }
    const endpoint = running.endpoints.introspection ?? ''
    const second = { ...running, application: running.secondApplication ?? assert.fail() }
    assert.equal((await post(wire, running, endpoint, form))['active'], true)
    assert.equal((await post(wire, second, endpoint, form))['active'], false)
  })
})
