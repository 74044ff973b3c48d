import { createSoftwareAuthenticator } from '@fobwatch/testkit'
import { answerLink } from '../stage/person.ts'
import type { Stage } from '../stage/set-stage.ts'
import { fromPage, type Kind, race, raceAlike, rivals } from './race.ts'

/** A person who has been sent a link, and nothing else. */
const invitee = async ({ house }: Stage) => {
  const { id } = await house.addPerson('Linnet', 'Fiction')
  return { id, code: await house.invite(id) }
}

const wrongWith = async ({ house }: Stage, personId: string): Promise<string | undefined> => {
  const count = await house.countAuthenticators(personId)
  return count === 1 ? undefined : `${count} authenticators were stored`
}

/** The link, with one device that answered once. */
export const links: Kind = {
  name: 'Enrolment links',
  says: 'the same answer of the same device, sixteen times',
  tooLate: ['challenge_unknown', 'invitation_spent'],
  enter: async (stage) => async () => {
    const { id, code } = await invitee(stage)
    const answer = await answerLink(stage, code, createSoftwareAuthenticator())
    const answers = await raceAlike(stage, fromPage(stage.issuer, '/api/enrolment', answer))
    return { answers, alsoWrong: await wrongWith(stage, id) }
  },
}

/** The link, with as many devices as rivals, of which each answered a challenge of its own. */
export const contestedLinks: Kind = {
  name: 'Enrolment links, contested',
  says: 'sixteen devices, each with a good answer to a challenge of its own',
  tooLate: ['invitation_spent'],
  enter: async (stage) => async () => {
    const { id, code } = await invitee(stage)
    const devices = Array.from({ length: rivals }, () => createSoftwareAuthenticator())
    const ready = await Promise.all(devices.map((device) => answerLink(stage, code, device)))
    const answers = await race(
      stage,
      ready.map((answer) => fromPage(stage.issuer, '/api/enrolment', answer)),
    )
    return { answers, alsoWrong: await wrongWith(stage, id) }
  },
}
