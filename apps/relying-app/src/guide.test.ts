import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createIssuer, type TestIssuer } from './testing/issuer.ts'
import { mintAccessToken } from './testing/mint.ts'
import { CLERK, NEWCOMER, NURSE, NURSE_AT_AAL2, type TestPerson } from './testing/people.ts'
import { createVisitor } from './testing/visitor.ts'
import { freePort } from './testing/world.ts'

const GUIDE = readFileSync(new URL('../../../docs/relying-apps.md', import.meta.url), 'utf8')
const [logsPeopleIn = '', guardsAnApi = ''] = [...GUIDE.matchAll(/```js\n([\s\S]+?)```/g)].map(([, program]) => program)

describe('the programs of the guide for applications', () => {
  let issuer: TestIssuer
  let url: string
  const processes: ChildProcess[] = []

  beforeEach(async () => {
    url = `http://127.0.0.1:${await freePort()}`
    issuer = createIssuer(await freePort(), { id: 'sandbox', secret: undefined, url })
    await issuer.start()
  })
  afterEach(async () => {
    for (const process of processes.splice(0)) process.kill()
    await issuer.stop()
  })

  /** Runs a program as it stands in the guide, with this package's dependencies. */
  const run = async (program: string, env: Record<string, string>) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { PATH: process.env['PATH'], FOBWATCH_ISSUER: issuer.origin, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    processes.push(child)
    const [line] = await once(createInterface(child.stdout), 'line')
    assert.equal(line, 'ready')
  }

  it('log somebody in, and know them', async () => {
    await run(logsPeopleIn, { HERE: url, API: `${url}/api` })
    issuer.state.person = NURSE
    issuer.state.idClaims = { nhsid_nrbac_roles: [{ ...NURSE.role, person_roleid: '656005754111' }, NURSE.role] }
    const visitor = createVisitor(url)
    assert.equal((await visitor.go('/')).body, 'You are Nell Notional, in the role Nurse, Ward 7')
    assert.match(issuer.state.authorized.at(-1)?.get('scope') ?? '', / nationalrbacaccess /)

    issuer.state.idClaims = {}
    issuer.state.person = NEWCOMER
    assert.equal((await visitor.go('/')).body, 'You are Newton Nowhere, in the role of nobody yet')
  })

  it('begin no log in for what a browser asks besides', async () => {
    await run(logsPeopleIn, { HERE: url, API: `${url}/api` })
    assert.equal((await createVisitor(url).go('/favicon.ico')).status, 404)
    assert.deepEqual(issuer.state.authorized, [])
  })

  it('log nobody in who comes back by another browser, or twice', async () => {
    await run(logsPeopleIn, { HERE: url, API: `${url}/api` })
    const visitor = createVisitor(url)
    const toFobwatch = await visitor.step('/')
    const back = (await visitor.step(toFobwatch.headers.get('location') ?? '')).headers.get('location') ?? ''
    assert.equal((await createVisitor(url).go(back)).status, 400)
    assert.equal((await visitor.go(back)).status, 200)
    assert.equal((await visitor.go(back)).status, 400)
  })

  it('guard an API by the activities of the role', async () => {
    const port = await freePort()
    await run(guardsAnApi, { PORT: String(port), AUDIENCE: `${url}/api` })
    const tokenFor = (person: TestPerson, scope = 'patients.read') =>
      mintAccessToken(issuer.state.signingKey, { issuer: issuer.origin, person, audience: `${url}/api`, scope })
    const ask = async (token?: string, path = '/') => {
      const answer = await fetch(`http://localhost:${port}${path}`, {
        headers: token ? { authorization: `Bearer ${token}` } : {},
      })
      return { status: answer.status, challenge: answer.headers.get('www-authenticate'), body: await answer.text() }
    }

    assert.deepEqual(await ask(tokenFor(NURSE)), {
      status: 200,
      challenge: null,
      body: 'A record, for 656005750104 as Nurse, Ward 7',
    })
    assert.match((await ask(tokenFor(CLERK))).body, /role does not include the activity/)
    assert.equal((await ask(tokenFor(NURSE), '/sensitive')).status, 200)
    assert.match((await ask(tokenFor(NURSE_AT_AAL2), '/sensitive')).challenge ?? '', /acr_values="AAL3_ANY"/)
    assert.equal((await ask(tokenFor(NURSE, 'openid'))).status, 403)
    assert.equal((await ask()).challenge, 'Bearer')
    assert.equal((await ask('no-token')).status, 401)
  })
})
