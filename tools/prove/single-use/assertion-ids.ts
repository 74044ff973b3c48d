import { randomUUID } from 'node:crypto'
import type { ClientMetadata } from '@fobwatch/contracts'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { enrolPerson } from '../stage/person.ts'
import { authorizeUrl, getCode, redemptionOf, redirectUri } from './application.ts'
import { fromServer, type Kind, race, rivals } from './race.ts'

const clientId = 'prove-assertion-ids'
const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const makeKey = async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  return { publicJwk: { ...(await exportJWK(publicKey)), kid: 'proof', alg: 'ES256', use: 'sig' }, privateKey }
}

/** One key for everyone who enters, since they are one client. */
const key = makeKey()

/**
 * RFC 7523 §3: the id of a client's assertion is used once. Each rival brings a code of its own, which nothing but the
 * assertion stands in the way of, so that only the check of ids can refuse.
 */
export const assertionIds: Kind = {
  name: 'Client assertion ids',
  says: 'sixteen codes, each of them good, under one assertion (private_key_jwt)',
  tooLate: ['invalid_client'],
  enter: async (stage) => {
    const { publicJwk, privateKey } = await key
    const metadata: ClientMetadata = {
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks: { keys: [publicJwk] },
    }
    await stage.house.registerClient({ id: clientId, name: 'Assertion ids', metadata, apis: [] })
    const { device } = await enrolPerson(stage, 'Asa')
    const browser = stage.browser()
    const assertion = async () => ({
      client_assertion_type: type,
      client_assertion: await new SignJWT()
        .setProtectedHeader({ alg: 'ES256', kid: 'proof' })
        .setIssuer(clientId)
        .setSubject(clientId)
        .setAudience(stage.issuer)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime('1m')
        .sign(privateKey),
    })
    return async () => {
      const codes: string[] = []
      while (codes.length < rivals) codes.push(await getCode(browser, device, authorizeUrl(stage, clientId)))
      const proof = await assertion()
      const answers = await race(
        stage,
        codes.map((code) => fromServer('/token', { ...redemptionOf(code), ...proof })),
      )
      // One that was refused goes through under an assertion of its own: its code was good.
      const refused = codes[answers.findIndex(({ status }) => status !== 200)] ?? ''
      const [again] = await race(stage, [fromServer('/token', { ...redemptionOf(refused), ...(await assertion()) })])
      return { answers, alsoWrong: again?.status === 200 ? undefined : `a code was not good: ${again?.error}` }
    }
  },
}
