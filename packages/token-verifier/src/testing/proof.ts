import { createHash, randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import { type Changes, type SigningKey, seconds, sign } from './issuer.ts'

/** A key of a caller's own, and the confirmation by which a token is bound to it. */
export const newCallerKey = async (alg = 'ES256') => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const publicJwk = await exportJWK(publicKey)
  const key: SigningKey = { kid: 'unused', alg, privateKey, publicJwk }
  return { key, privateJwk: await exportJWK(privateKey), cnf: { jkt: await calculateJwkThumbprint(publicJwk) } }
}

type For = { method: string; url: string; token: string }

/** A proof for one request (RFC 9449 §4.2), good unless changed. */
export const proofFor = ({ method, url, token }: For, key: SigningKey, { header, claims }: Changes = {}) =>
  sign(
    key,
    { kid: undefined, typ: 'dpop+jwt', jwk: key.publicJwk, ...header },
    {
      jti: randomUUID(),
      htm: method,
      htu: url,
      iat: seconds(),
      ath: createHash('sha256').update(token).digest('base64url'),
      ...claims,
    },
  )
