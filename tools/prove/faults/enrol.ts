import { type CreationOptionsJSON, createSoftwareAuthenticator } from '@fobwatch/testkit'
import { answerLink } from '../stage/person.ts'
import { attempt } from './attempt.ts'
import type { Life, Secret } from './ledger.ts'
import type { World } from './world.ts'

/** Sets up the first device with a link. @returns its id */
export const enrol = async (world: World, life: Life, code: string): Promise<string> => {
  const { issuer, browser } = world
  const options = await attempt(life, { step: 'link' }, () => browser().postJson('/api/enrolment/options', { code }))
  const answer = { code, response: life.device.register(options.json<CreationOptionsJSON>(), { origin: issuer }) }
  const link: Secret = {
    kind: 'enrolment link',
    successes: 0,
    again: async () => {
      const same = await browser().postJson('/api/enrolment', answer)
      if (same.status === 200) return true
      // Another answer, to a challenge of its own.
      const other = await answerLink(world, code, createSoftwareAuthenticator()).catch(() => undefined)
      return other !== undefined && (await browser().postJson('/api/enrolment', other)).status === 200
    },
  }
  life.secrets.push(link)
  const type = 'authenticator-enrolled'
  const page = await attempt(life, { step: 'enrolment', type }, () => browser().postJson('/api/enrolment', answer))
  link.successes += 1
  return page.json<{ id: string }>().id
}
