import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAttestationAuthority } from '@fobwatch/testkit'
import { type Kind, kinds, type Task } from './cases.ts'
import { forge, type Sample } from './forgeries.ts'
import { type Algorithm, algorithms, type Key, makeKey } from './sign.ts'

/** A twin that listens, with the task for a library; `visits` counts who went where a token sent them. */
export interface Listening {
  task: Task
  visits: () => number
  close: () => Promise<void>
}

const keysOf = (name: string) =>
  Object.fromEntries(algorithms.map((each) => [each, makeKey(`${name}-${each}`, each)])) as Record<Algorithm, Key>

const wrongTypes = {
  access: ['JWT', undefined, 'logout+jwt', 'at+jwt2'],
  id: ['at+jwt', 'logout+jwt'],
}

/** Serves the twin on the loopback, and forges every token. */
export const serveTwin = async (sample: Sample): Promise<Listening> => {
  const keys = keysOf('twin')
  const forger = keysOf('forger')
  const chain = certify(forger.ES256)
  let visits = 0
  const twin = await serve((request, response) => {
    const { origin } = twin
    const body =
      request.url === '/jwks'
        ? { keys: algorithms.map((each) => keys[each].publicJwk) }
        : { ...discovery(origin), jwks_uri: `${origin}/jwks` }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  })
  const trap = await serve((request, response) => {
    visits += 1
    if (request.url === '/chain') return response.end(pemOf(chain))
    return response.end(JSON.stringify({ keys: [forger.ES256.publicJwk] }))
  })
  const { audience, clientId } = audiencesOf(sample)
  const parts = {
    issuer: twin.origin,
    audience,
    clientId,
    keys,
    forger,
    wrongTypes,
    forgerChain: chain.map((der) => der.toString('base64')),
    trap: { jku: `${trap.origin}/jwks`, x5u: `${trap.origin}/chain` },
    sample: refresh(sample, twin.origin),
  }
  return {
    task: {
      issuer: twin.origin,
      jwksUri: `${twin.origin}/jwks`,
      audience,
      clientId,
      cases: kinds.flatMap((kind) => forge(parts, kind)),
    },
    visits: () => visits,
    close: async () => {
      await Promise.all([twin.close(), trap.close()])
    },
  }
}

/** As much of discovery as those need who will not do without it. */
const discovery = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: algorithms,
})

const audiencesOf = ({ access, id }: Sample) => ({
  audience: String(access.claims['aud']),
  clientId: String(id.claims['aud']),
})

/** A sample from the twin, as of now. */
const refresh = (sample: Sample, iss: string): Sample => {
  const iat = Math.floor(Date.now() / 1000)
  const renew = ({ header: { alg: _, kid: __, ...header }, claims }: Sample[Kind]) => ({
    header,
    claims: { ...claims, iss, iat, exp: iat + 600 },
  })
  return { access: renew(sample.access), id: renew(sample.id) }
}

const certify = ({ publicKey }: Key): Buffer[] => {
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  const authority = createAttestationAuthority({ organisation: 'Forger (fictional)' })
  return [...authority.certify({ subject: { commonName: 'forger' }, spki, extensions: [] }), authority.root]
}

const pemOf = (chain: Buffer[]): string =>
  chain.map((der) => `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`).join('')

const serve = async (listener: RequestListener) => {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    const closed = once(server.close(), 'close')
    server.closeAllConnections()
    await closed
  }
  return { origin: `http://localhost:${port}`, close }
}
