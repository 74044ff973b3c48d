import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type CreationOptions, type RequestOptions, refusals } from '@fobwatch/contracts'
import { type BrowserLike, createSoftwareAuthenticator, type Page } from '@fobwatch/testkit'
import type { RefusalCode } from '#kernel'
import { addPerson, enrol, inviteCode, issuer, startService, type TestService } from '../../service.testing.ts'
import { assertionCases } from './assertions.testing.ts'
import { authenticatorDataCases, newCredentialCases } from './authenticator-data.testing.ts'
import { type DishonestAssertion, type DishonestRegistration, each, ofLine, titleOf, together } from './case.testing.ts'
import { cborCases } from './cbor.testing.ts'
import { clientDataCases } from './client-data.testing.ts'
import { assertionJsonCases, registrationJsonCases } from './json.testing.ts'
import { keyCases } from './keys.testing.ts'
import { statementCases } from './statements.testing.ts'

const registrations = together<DishonestRegistration>(
  ...[clientDataCases, authenticatorDataCases, newCredentialCases, registrationJsonCases],
  ...[cborCases, keyCases, statementCases],
  ofLine(22, each('ceremony_mismatch', { 'the type of an assertion': { type: 'webauthn.get' } })),
)
const assertions = together<DishonestAssertion>(
  ...[clientDataCases, authenticatorDataCases, assertionJsonCases, assertionCases],
  ofLine(22, each('ceremony_mismatch', { 'the type of a registration': { type: 'webauthn.create' } })),
)

const milliseconds: number[] = []
const ran = new Set<string>()

/** Posts an answer that is to be refused, and holds it against the refusal that it earns. */
const refuses = async (name: string, refusal: RefusalCode, post: () => Promise<Page>): Promise<void> => {
  const started = performance.now()
  const page = await post()
  milliseconds.push(performance.now() - started)
  assert.equal(page.json<{ error: string }>().error, refusal)
  assert.equal(page.status, refusals[refusal].status)
  ran.add(name)
}

describe('an answer with one thing wrong', () => {
  let service: TestService
  before(async () => {
    // Nobody else is as often wrong, from one address.
    service = await startService({
      environment: { LIMIT_FAILURES_PER_ADDRESS: '100000', LIMIT_FAILURES_PER_PERSON: '100000' },
    })
  })
  after(() => service.close())

  describe('at registration', () => {
    const answer = async ({ device, misbehave }: Partial<DishonestRegistration>) => {
      const browser = service.browser()
      const code = await inviteCode(service, (await addPerson(service)).id)
      const options = (await browser.postJson('/api/enrolment/options', { code })).json<CreationOptions>()
      const authenticator = createSoftwareAuthenticator({ algorithms: [-7], ...device })
      const response = authenticator.register(options, { origin: issuer, ...(misbehave && { misbehave }) })
      return () => browser.postJson('/api/enrolment', { code, response })
    }

    for (const [name, { misbehave, refusal, ...device }] of Object.entries(registrations))
      it(titleOf(name), async () => {
        const honest = await answer(device)
        assert.equal((await honest()).status, 200)
        await refuses(`at registration, ${name}`, refusal, await answer({ ...device, misbehave }))
      })
  })

  describe('at signing in', () => {
    const devices = new Map<string, ReturnType<typeof enrol>>()
    /** One device for all cases of a kind: RSA keys take their time to make. */
    const enrolled = ({ device = { algorithms: [-7] } }: Pick<DishonestAssertion, 'device'>) => {
      const kind = JSON.stringify(device)
      const made = devices.get(kind) ?? enrolOne(device)
      devices.set(kind, made)
      return made
    }
    const enrolOne = async (device: DishonestAssertion['device']) =>
      enrol(service, (await addPerson(service)).id, createSoftwareAuthenticator(device))

    const begin = async (browser: BrowserLike) =>
      (await browser.postJson('/sign-in/fobwatch/options', {})).json<RequestOptions>()
    const answer = async (of: Pick<DishonestAssertion, 'device'>, misbehave?: DishonestAssertion['misbehave']) => {
      const browser = service.browser()
      const { device } = await enrolled(of)
      const options = await begin(browser)
      const response = device.authenticate(options, { origin: issuer, ...(misbehave && { misbehave }) })
      return () => browser.postJson('/sign-in/fobwatch/assertion', { response })
    }

    for (const [name, { misbehave, refusal, ...device }] of Object.entries(assertions))
      it(titleOf(name), async () => {
        const honest = await answer(device)
        assert.equal((await honest()).status, 200)
        await refuses(`at signing in, ${name}`, refusal, await answer(device, misbehave))
      })
  })

  it('was refused in at least 170 ways, each by a test of its own', (t) => {
    const sorted = milliseconds.toSorted((a, b) => a - b)
    const [median, slowest] = [sorted.at(sorted.length >> 1) ?? 0, sorted.at(-1) ?? 0]
    t.diagnostic(`${ran.size} refusals: median ${median.toFixed(1)} ms, slowest ${slowest.toFixed(1)} ms`)
    assert.ok(ran.size >= 170)
    assert.equal(ran.size, Object.keys(registrations).length + Object.keys(assertions).length)
  })
})
