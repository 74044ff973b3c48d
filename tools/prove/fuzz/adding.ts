import type { CreationOptionsJSON } from '@fobwatch/testkit'
import { expectOk } from '../stage/person.ts'
import { challengesLike, nobodysChallenge } from './challenges.ts'
import { deviceMaker } from './devices.ts'
import type { Door, Visitor } from './door.ts'
import type { InProcess } from './service.ts'
import { newPerson, signIn } from './signed-in.ts'
import { bodyOf, misbehaviourIn } from './spoil-ceremony.ts'

const path = '/api/authenticators'
/** Somebody who has more than this gives way to somebody new, so that nobody's list gets long. */
const mostAdded = 8
const challengesPerSession = 64

/** A registration by somebody who is signed in. */
export const adding: Door = {
  name: `POST ${path}`,
  success: 200,
  stores: 'authenticators',
  enter: async (service) => {
    const makeDevice = deviceMaker()
    const setUp = { authenticators: 0, signIns: 0 }
    let session = await openSession(service, setUp, makeDevice)
    let added = 0
    return {
      setUp,
      attempt: async (tried) => {
        let challenge = added < mostAdded ? session.challenges() : undefined
        if (!challenge) {
          session = await openSession(service, setUp, makeDevice)
          added = 0
          challenge = session.challenges() ?? ''
        }
        const options = { ...session.options, challenge: tried.stale ? nobodysChallenge() : challenge }
        const { device, attestation } = makeDevice()
        const misbehave = misbehaviourIn(tried, attestation)
        const response = device.register(options, { origin: service.issuer, misbehave })
        const answer = await service.post(path, session.cookie, bodyOf(tried, {}, response))
        if (answer.status === adding.success) added += 1
        return answer
      },
    }
  },
}

/** Somebody new signs in and asks to add a device, so that the assertion is always fresh. */
const openSession = async (service: InProcess, setUp: Visitor['setUp'], makeDevice: ReturnType<typeof deviceMaker>) => {
  const { device } = makeDevice()
  await newPerson(service, setUp, device)
  const browser = await signIn(service, setUp, device)
  const options = expectOk(await browser.postJson(`${path}/options`, {})).json<CreationOptionsJSON>()
  const challenges = await challengesLike(service.store, options.challenge, challengesPerSession)
  return { cookie: browser.cookieHeader(path), options, challenges }
}
