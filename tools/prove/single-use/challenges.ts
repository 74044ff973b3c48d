import type { ClientMetadata } from '@fobwatch/contracts'
import { answerChallenge, enrolPerson, signInAt } from '../stage/person.ts'
import { authorizeUrl, redirectUri } from './application.ts'
import { fromPage, type Kind, raceAlike } from './race.ts'

const clientId = 'prove-challenges'

/** WebAuthn L3 §13.4.3: a challenge is answered once. */
export const challenges: Kind = {
  name: 'Sign-in challenges',
  says: 'the same answer of the same device, in the same browser, sixteen times',
  tooLate: ['challenge_unknown'],
  enter: async (stage) => {
    const metadata: ClientMetadata = { redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' }
    await stage.house.registerClient({ id: clientId, name: 'Challenges', metadata, apis: [] })
    const { id, device } = await enrolPerson(stage, 'Charley')
    return async () => {
      const browser = stage.browser()
      const at = signInAt(await browser.follow(authorizeUrl(stage, clientId)))
      const answer = await answerChallenge(browser, at, device)
      const before = await stage.house.countSessions(id)
      const cookie = browser.cookieHeader(at)
      const answers = await raceAlike(stage, fromPage(stage.issuer, `${at}/assertion`, answer, cookie))
      const opened = (await stage.house.countSessions(id)) - before
      return { answers, alsoWrong: opened === 1 ? undefined : `${opened} sessions were opened` }
    }
  },
}
