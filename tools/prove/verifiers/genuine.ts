import { createBrowserLike } from '@fobwatch/testkit'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import * as openid from 'openid-client'
import { enrolPerson, type Person, passThrough } from '../stage/person.ts'
import type { Stage } from '../stage/set-stage.ts'
import type { Case, Column, Kind, Task } from './cases.ts'
import type { Sample } from './forgeries.ts'
import type { Algorithm } from './sign.ts'

const redirectUri = 'http://localhost:9/callback'
const api = 'https://ward.test/api'
const otherApi = 'https://pharmacy.test/api'

/** Tokens that the service made, and what they look like inside. */
export interface Genuine {
  /** One for each algorithm: an application that takes its tokens, and tokens of its neighbours that it must refuse. */
  tasks: Task[]
  sample: Sample
}

interface Server {
  jwks_uri?: string
  id_token_signing_alg_values_supported?: Algorithm[]
}

/** Signs somebody in at one application for each algorithm that the service signs with. */
export const gatherGenuine = async (stage: Stage): Promise<Genuine> => {
  const person = await enrolPerson(stage, 'Verity')
  await stage.house.makeNurse(person.id)
  const answer = await fetch(new URL('/.well-known/openid-configuration', stage.issuer))
  const server = (await answer.json()) as Server
  const signedIn: SignedIn[] = []
  for (const algorithm of server.id_token_signing_alg_values_supported ?? [])
    signedIn.push(await signInAt(stage, person, algorithm))
  return {
    tasks: signedIn.map((one, index) => taskOf(stage, server, one, signedIn.at(index - 1) ?? one)),
    sample: sampleOf(signedIn[0]),
  }
}

type SignedIn = Awaited<ReturnType<typeof signInAt>>

const signInAt = async (stage: Stage, { device }: Person, algorithm: Algorithm) => {
  const clientId = `verifier-${algorithm}`.toLowerCase()
  const scopes = ['patients.read']
  await stage.house.registerClient({
    id: clientId,
    name: `An application that takes ${algorithm}`,
    metadata: {
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'none',
      id_token_signed_response_alg: algorithm,
    },
    apis: [api, otherApi].map((resource) => ({ resource, name: 'An API', scopes })),
  })
  const metadata = { id_token_signed_response_alg: algorithm }
  const config = await openid.discovery(new URL(stage.issuer), clientId, metadata, openid.None(), {
    execute: [openid.allowInsecureRequests],
  })
  const browser = createBrowserLike(stage.issuer)
  const tokensFor = async (resource: string) => {
    const pkceCodeVerifier = openid.randomPKCECodeVerifier()
    const expectedNonce = openid.randomNonce()
    const start = openid.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid profile selectedrole patients.read',
      resource,
      nonce: expectedNonce,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    const back = await passThrough(browser, device, start)
    return openid.authorizationCodeGrant(config, back, { pkceCodeVerifier, expectedNonce }, { resource })
  }
  const first = await tokensFor(api)
  const second = await tokensFor(otherApi)
  return { clientId, access: first.access_token, id: first.id_token ?? '', elsewhere: second.access_token }
}

/** What an application takes, and what it must not. */
const taskOf = ({ issuer }: Stage, { jwks_uri: jwksUri = '' }: Server, mine: SignedIn, neighbour: SignedIn): Task => {
  const genuine = (kind: Kind, token: string) => shown(kind, 'genuine', String(decodeProtectedHeader(token).alg), token)
  return {
    issuer,
    jwksUri,
    audience: api,
    clientId: mine.clientId,
    cases: [
      genuine('access', mine.access),
      genuine('id', mine.id),
      shown('access', 'typ', 'an ID token in the place of an access token', mine.id),
      shown('id', 'typ', 'an access token in the place of an ID token', mine.access),
      shown('access', 'aud', 'an access token for another API', mine.elsewhere),
      ...(neighbour === mine ? [] : [shown('id', 'aud', 'an ID token for another client', neighbour.id)]),
    ],
  }
}

const shown = (kind: Kind, column: Column, name: string, token: string): Case => ({ kind, column, name, token })

const sampleOf = (one: SignedIn | undefined): Sample => {
  if (!one) throw new Error('The service signs ID tokens with nothing')
  const partsOf = (token: string) => ({ header: { ...decodeProtectedHeader(token) }, claims: { ...decodeJwt(token) } })
  return { access: partsOf(one.access), id: partsOf(one.id) }
}
