import type { ClientMetadata } from '@fobwatch/contracts'
import { enrolPerson } from '../stage/person.ts'
import type { Stage } from '../stage/set-stage.ts'
import { authorizeUrl, getCode, redemptionOf, redirectUri } from './application.ts'
import { fromServer, type Kind, raceAlike } from './race.ts'

const clientId = 'prove-refresh-tokens'

/** RFC 9700 §4.14.2: a refresh token of a public client is used once, and the next one comes with its tokens. */
export const refreshTokens: Kind = {
  name: 'Refresh tokens',
  says: 'the same refresh token, sixteen times',
  tooLate: ['invalid_grant'],
  enter: async (stage) => {
    const metadata: ClientMetadata = {
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
    }
    await stage.house.registerClient({ id: clientId, name: 'Refresh tokens', metadata, apis: [] })
    const { device } = await enrolPerson(stage, 'Reva')
    const browser = stage.browser()
    const start = authorizeUrl(stage, clientId, { scope: 'openid offline_access', prompt: 'consent' })
    return async () => {
      const token = await redeemForRefreshToken(stage, await getCode(browser, device, start))
      const parameters = { grant_type: 'refresh_token', refresh_token: token, client_id: clientId }
      return { answers: await raceAlike(stage, fromServer('/token', parameters)) }
    }
  },
}

const redeemForRefreshToken = async ({ issuer, instances }: Stage, code: string): Promise<string> => {
  const { path, ...init } = fromServer('/token', { ...redemptionOf(code), client_id: clientId })
  const answer = await instances[0](new URL(path, issuer), { method: 'POST', ...init })
  const { refresh_token: token } = (await answer.json()) as { refresh_token?: string }
  if (!token) throw new Error(`No refresh token came with the code, but ${answer.status}`)
  return token
}
