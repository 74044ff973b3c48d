import { createHash, randomUUID } from 'node:crypto'
import type { ClientMetadata } from '@fobwatch/contracts'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { enrolPerson } from '../stage/person.ts'
import type { Stage } from '../stage/set-stage.ts'
import { authorizeUrl, getCode, redemptionOf, redirectUri } from './application.ts'
import { fromServer, type Kind, race, raceAlike } from './race.ts'

const clientId = 'prove-proofs'

const makeProver = async ({ issuer }: Stage) => {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const jwk = await exportJWK(publicKey)
  return (path: string, token?: string) =>
    new SignJWT({
      htm: 'POST',
      htu: `${issuer}${path}`,
      ...(token && { ath: createHash('sha256').update(token).digest('base64url') }),
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
      .setJti(randomUUID())
      .setIssuedAt()
      .sign(privateKey)
}

/** RFC 9449 §11.1: the id of a proof is used once. All ask who somebody is, with one token and one proof. */
export const proofsOfPossession: Kind = {
  name: 'Proofs of possession',
  says: 'the same proof with the same token, at userinfo, sixteen times (DPoP)',
  tooLate: ['invalid_token'],
  enter: async (stage) => {
    const metadata: ClientMetadata = { redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' }
    await stage.house.registerClient({ id: clientId, name: 'Proofs', metadata, apis: [] })
    const { device } = await enrolPerson(stage, 'Poppy')
    const prove = await makeProver(stage)
    const code = await getCode(stage.browser(), device, authorizeUrl(stage, clientId))
    const token = await redeem(stage, code, await prove('/token'))
    const shot = async () => ({
      ...fromServer('/userinfo', {}),
      headers: { authorization: `DPoP ${token}`, dpop: await prove('/userinfo', token) },
    })
    return async () => {
      const answers = await raceAlike(stage, await shot())
      // Another proof is taken: the token was good, and only the proof was used.
      const [again] = await race(stage, [await shot()])
      return { answers, alsoWrong: again?.status === 200 ? undefined : `the token was not good: ${again?.error}` }
    }
  },
}

const redeem = async ({ issuer, instances }: Stage, code: string, dpop: string): Promise<string> => {
  const { path, ...init } = fromServer('/token', { ...redemptionOf(code), client_id: clientId })
  const answer = await instances[0](new URL(path, issuer), {
    ...init,
    method: 'POST',
    headers: { ...init.headers, dpop },
  })
  const { access_token: token } = (await answer.json()) as { access_token?: string }
  if (!token) throw new Error(`No token came with the code, but ${answer.status}`)
  return token
}
