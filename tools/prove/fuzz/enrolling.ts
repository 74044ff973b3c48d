import type { CreationOptionsJSON } from '@fobwatch/testkit'
import { expectOk } from '../stage/person.ts'
import { challengesLike, nobodysChallenge } from './challenges.ts'
import { deviceMaker } from './devices.ts'
import type { Door } from './door.ts'
import type { InProcess } from './service.ts'
import { bodyOf, misbehaviourIn } from './spoil-ceremony.ts'

/** About one answer in ten is accepted, and then the link is used up. */
const challengesPerLink = 12

/** A registration with a link. */
export const enrolling: Door = {
  name: 'POST /api/enrolment',
  success: 200,
  stores: 'authenticators',
  enter: async (service) => {
    const makeDevice = deviceMaker()
    let link = await openLink(service)
    return {
      setUp: { authenticators: 0, signIns: 0 },
      attempt: async (tried) => {
        let challenge = link.challenges()
        if (!challenge) {
          link = await openLink(service)
          challenge = link.challenges() ?? ''
        }
        const options = { ...link.options, challenge: tried.stale ? nobodysChallenge() : challenge }
        const { device, attestation } = makeDevice()
        const misbehave = misbehaviourIn(tried, attestation)
        const response = device.register(options, { origin: service.issuer, misbehave })
        const answer = await service.post('/api/enrolment', '', bodyOf(tried, { code: link.code }, response))
        if (answer.status === enrolling.success) link = await openLink(service)
        return answer
      },
    }
  },
}

/** A link for somebody new, the question that the service asks whoever has it, and challenges for many answers. */
const openLink = async (service: InProcess) => {
  const { id } = await service.house.addPerson('Fay', 'Fuzz')
  const code = await service.house.invite(id)
  const asked = expectOk(await service.browser().postJson('/api/enrolment/options', { code }))
  const options = asked.json<CreationOptionsJSON>()
  return { code, options, challenges: await challengesLike(service.store, options.challenge, challengesPerLink) }
}
