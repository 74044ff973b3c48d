import type { BrowserLike, RequestOptionsJSON, SoftwareAuthenticator } from '@fobwatch/testkit'
import { expectOk } from '../stage/person.ts'
import { challengesLike, nobodysChallenge } from './challenges.ts'
import { deviceMaker } from './devices.ts'
import type { Door, Visitor } from './door.ts'
import { type Answer, errorIn, type InProcess } from './service.ts'
import { newPerson, ownPages, signIn } from './signed-in.ts'
import { bodyOf, misbehaviourIn } from './spoil-ceremony.ts'

interface Place {
  /** Where the assertion goes, and `/options` below it asks for one. */
  options: string
  assertion: string
  /** Whether an answer that is accepted gives the browser another cookie. */
  renews: boolean
  /** How many challenges are made at a time. */
  challenges: number
  /** The browser that asks. */
  arrive: (service: InProcess, setUp: Visitor['setUp'], device: SoftwareAuthenticator) => Promise<BrowserLike>
}

const asserting = (place: Place): Door['enter'] => {
  const ask = async (service: InProcess, setUp: Visitor['setUp'], device: SoftwareAuthenticator) => {
    const browser = await place.arrive(service, setUp, device)
    const options = expectOk(await browser.postJson(place.options, {})).json<RequestOptionsJSON>()
    const challenges = await challengesLike(service.store, options.challenge, place.challenges)
    return { cookie: browser.cookieHeader(place.assertion), options, challenges }
  }
  return async (service) => {
    const makeDevice = deviceMaker()
    const setUp = { authenticators: 0, signIns: 0 }
    const someoneNew = async () => {
      const { device } = makeDevice()
      await newPerson(service, setUp, device)
      return { device, ...(await ask(service, setUp, device)) }
    }
    let current = await someoneNew()
    return {
      setUp,
      attempt: async (tried) => {
        let challenge = current.challenges()
        if (!challenge) {
          current = { device: current.device, ...(await ask(service, setUp, current.device)) }
          challenge = current.challenges() ?? ''
        }
        const { device, cookie } = current
        const options = { ...current.options, challenge: tried.stale ? nobodysChallenge() : challenge }
        const response = device.authenticate(options, { origin: service.issuer, misbehave: misbehaviourIn(tried) })
        const answer = await service.post(place.assertion, cookie, bodyOf(tried, {}, response))
        if (!countsTruly(device, response.response.authenticatorData) && !wasRefusedEarly(answer))
          current = await someoneNew()
        else if (place.renews && answer.status < 300) current = { device, ...(await ask(service, setUp, device)) }
        return answer
      },
    }
  }
}

/** Refused before anything that is stored of the credential counts. */
const early: ReadonlySet<string> = new Set([
  ...['invalid_request', 'too_large', 'response_malformed', 'credential_id_invalid', 'challenge_unknown'],
  ...['ceremony_mismatch', 'origin_mismatch', 'rp_id_mismatch', 'user_not_present', 'user_not_verified'],
  'backup_flags_invalid',
])
const wasRefusedEarly = (answer: Answer): boolean => early.has(errorIn(answer) ?? '')

const counterAt = 33

/**
 * Whether a device signed the counter that it has. Another may be believed, and then its next true one says that the key
 * was copied: such a device is of no more use for controls.
 */
const countsTruly = (device: SoftwareAuthenticator, signed: string): boolean => {
  const bytes = Buffer.from(signed, 'base64url')
  const counted = bytes.length >= counterAt + 4 ? bytes.readUInt32BE(counterAt) : undefined
  return counted === device.credentials().at(-1)?.signCount
}

/** A sign-in to the service's own pages. */
export const signingIn: Door = {
  name: 'POST /sign-in/…/assertion',
  success: 200,
  stores: 'signIns',
  enter: asserting({
    options: `${ownPages}/options`,
    assertion: `${ownPages}/assertion`,
    renews: false,
    challenges: 64,
    arrive: async (service) => service.browser(),
  }),
}

/** Somebody who is signed in proves that it is still them. */
export const provingAgain: Door = {
  name: 'POST /api/session/assertion',
  success: 204,
  stores: undefined,
  enter: asserting({
    options: '/api/session/assertion/options',
    assertion: '/api/session/assertion',
    renews: true,
    challenges: 16,
    arrive: signIn,
  }),
}
