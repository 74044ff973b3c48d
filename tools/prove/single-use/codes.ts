import type { ClientMetadata } from '@fobwatch/contracts'
import { enrolPerson } from '../stage/person.ts'
import { authorizeUrl, getCode, redemptionOf, redirectUri } from './application.ts'
import { fromServer, type Kind, raceAlike } from './race.ts'

const clientId = 'prove-codes'

/** RFC 6749 §4.1.2: a code is used once. */
export const codes: Kind = {
  name: 'Authorization codes',
  says: 'the same code, sixteen times',
  tooLate: ['invalid_grant'],
  enter: async (stage) => {
    const metadata: ClientMetadata = { redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' }
    await stage.house.registerClient({ id: clientId, name: 'Codes', metadata, apis: [] })
    const { device } = await enrolPerson(stage, 'Coda')
    const browser = stage.browser()
    return async () => {
      const code = await getCode(browser, device, authorizeUrl(stage, clientId))
      const shot = fromServer('/token', { ...redemptionOf(code), client_id: clientId })
      return { answers: await raceAlike(stage, shot) }
    }
  },
}
