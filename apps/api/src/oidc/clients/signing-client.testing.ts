import { createHash, randomUUID } from 'node:crypto'
import type { ClientMetadata } from '@fobwatch/contracts'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { issuer, registerClient, type TestService, ward } from '../../service.testing.ts'

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

type Claims = Record<string, unknown>

const seconds = () => Math.floor(Date.now() / 1000)

/** A key pair, and how to sign claims with it. */
export const makeKey = async (alg = 'ES256') => {
  const { publicKey, privateKey } = await generateKeyPair(alg)
  const jwk: JWK = await exportJWK(publicKey)
  const sign = (header: Claims, claims: Claims) =>
    new SignJWT(claims).setProtectedHeader({ alg, ...header }).sign(privateKey)
  return { alg, jwk, sign }
}

export type Key = Awaited<ReturnType<typeof makeKey>>

/** Registers an application that proves who it is by a signature. @returns what it sends with a request, new each time */
export const registerSigning = async (
  service: TestService,
  {
    id = 'signing',
    alg = 'ES256',
    metadata = {},
    apis = ward.apis,
  }: { id?: string; alg?: string; metadata?: ClientMetadata; apis?: typeof ward.apis } = {},
) => {
  const key = await makeKey(alg)
  await registerClient(service, {
    ...ward,
    id,
    apis,
    metadata: {
      ...ward.metadata,
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [{ ...key.jwk, kid: 'key-1', alg, use: 'sig' }] },
      ...metadata,
    },
  })
  const assertion = (claims: Claims = {}, header: Claims = {}, by: Key = key) => {
    const common = { iss: id, sub: id, aud: issuer, jti: randomUUID(), iat: seconds(), exp: seconds() + 60 }
    return by.sign({ kid: 'key-1', ...header }, { ...common, ...claims })
  }
  const prove = async (claims?: Claims) => ({
    client_id: id,
    client_assertion_type: assertionType,
    client_assertion: await assertion(claims),
  })
  return { id, key, assertion, prove }
}

/** A key whose holder proves that they have it (RFC 9449). */
export const makeProver = async (alg = 'ES256') => {
  const { jwk, sign } = await makeKey(alg)
  /** @param token the access token that goes with the proof */
  const proof = (
    htm: string,
    path: string,
    { token, ...claims }: Claims & { token?: string } = {},
    header: Claims = {},
  ) => {
    const ath = token && { ath: createHash('sha256').update(token).digest('base64url') }
    const common = { htm, htu: `${issuer}${path}`, jti: randomUUID(), iat: seconds() }
    return sign({ typ: 'dpop+jwt', jwk, ...header }, { ...common, ...ath, ...claims })
  }
  return { jkt: await calculateJwkThumbprint(jwk), jwk, proof }
}

export type Prover = Awaited<ReturnType<typeof makeProver>>
