import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { TestPerson } from './people.ts'

const TOKEN_LIFE_SECONDS = 600

/** A fresh pair of the kind that Fobwatch signs with. */
export const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })

export const jwksOf = (publicKey: KeyObject) => ({
  keys: [{ ...publicKey.export({ format: 'jwk' }), kid: kidOf(publicKey), alg: 'ES256', use: 'sig' }],
})

/** Each key has an id of its own, made of its public half. */
const kidOf = (publicKey: KeyObject) => `test-key-${publicKey.export({ format: 'jwk' }).x}`

/** Signs as Fobwatch does, but with node:crypto alone: not with the library that the verifier uses. */
const signJwt = (key: KeyObject, header: object, claims: object): string => {
  const parts = [{ alg: 'ES256', kid: kidOf(createPublicKey(key)), ...header }, claims]
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

const sharedClaims = (issuer: string, { sub, role, acr = 'AAL3_ANY' }: TestPerson) => {
  const now = Math.floor(Date.now() / 1000)
  return {
    iss: issuer,
    sub,
    iat: now,
    exp: now + TOKEN_LIFE_SECONDS,
    auth_time: now,
    acr,
    amr: ['pop', 'user', 'mfa'],
    sid: 'a-session',
    ...(role && { selected_roleid: role.person_roleid }),
  }
}

type IdToken = { issuer: string; person: TestPerson; clientId: string; nonce: string | null; changes?: object }

/** An ID token as Fobwatch would sign one, but for what is changed. */
export const mintIdToken = (key: KeyObject, { issuer, person, clientId, nonce, changes }: IdToken): string =>
  signJwt(key, {}, { ...sharedClaims(issuer, person), aud: clientId, nonce, ...person.claims, ...changes })

type AccessToken = {
  issuer: string
  person: TestPerson
  audience: string
  scope: string
  changes?: object
  header?: object
}

/** An access token as Fobwatch would sign one, but for what is changed. */
export const mintAccessToken = (
  key: KeyObject,
  { issuer, person, audience, scope, changes, header }: AccessToken,
): string =>
  signJwt(
    key,
    { typ: 'at+jwt', ...header },
    {
      ...sharedClaims(issuer, person),
      aud: audience,
      client_id: 'ward-list',
      jti: randomBytes(8).toString('hex'),
      scope,
      ...(person.role && { role: person.role }),
      ...changes,
    },
  )

type LogoutToken = { issuer: string; clientId: string; ended: { sid?: string; sub?: string }; changes?: object }

/** A logout token as Fobwatch would sign one, but for what is changed. */
export const mintLogoutToken = (key: KeyObject, { issuer, clientId, ended, changes }: LogoutToken): string => {
  const now = Math.floor(Date.now() / 1000)
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }
  const fixed = { iss: issuer, aud: clientId, iat: now, exp: now + 120, jti: randomBytes(8).toString('hex'), events }
  return signJwt(key, { typ: 'logout+jwt' }, { ...fixed, ...ended, ...changes })
}
