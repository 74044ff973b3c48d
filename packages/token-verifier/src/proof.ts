import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, type JWTPayload, jwtVerify } from 'jose'
import { PROOF_ALGORITHMS } from './algorithms.ts'
import type { AccessClaims } from './claims.ts'
import type { Settings } from './options.ts'
import { TokenRefused } from './refused.ts'
import { replayId } from './replays.ts'
import { type Credentials, headerOf, pathOf, type RequestLike } from './request.ts'
import { fits, isText, isTime } from './shapes.ts'

/** How old a proof may be, in seconds: it is made for one request. */
const PROOF_SECONDS = 60

/** A proof longer than this is refused unread: it holds a public key and a few words. */
const MAX_PROOF_LENGTH = 8_192

type Demands = Pick<Settings, 'origin' | 'replays' | 'clockToleranceSeconds'>

/**
 * Refuses a token that is bound to a key from whoever does not prove that they have the key (RFC 9449 §7.1), and a token
 * that is presented as bound and is not.
 * @throws TokenRefused `proof_required`, `proof_invalid`
 */
export const checkBinding = async (
  { cnf }: AccessClaims,
  { scheme, token }: Credentials,
  request: RequestLike,
  demands: Demands,
): Promise<void> => {
  if (!cnf && scheme === 'bearer') return
  if (!cnf) throw new TokenRefused('proof_invalid')

  const proof = headerOf(request.headers, 'dpop')
  const keyThumbprint = cnf['jkt']
  // A binding of another kind, such as to a client certificate, cannot be proved here.
  if (scheme !== 'dpop' || !proof || !isText(keyThumbprint) || !demands.origin) throw new TokenRefused('proof_required')

  const { claims, thumbprint } = await readProof(proof, demands)
  if (thumbprint !== keyThumbprint) throw new TokenRefused('proof_invalid')
  if (claims.htm !== request.method) throw new TokenRefused('proof_invalid')
  if (addressOf(claims.htu) !== addressOf(`${demands.origin}${pathOf(request)}`))
    throw new TokenRefused('proof_invalid')
  if (claims.ath !== createHash('sha256').update(token).digest('base64url')) throw new TokenRefused('proof_invalid')

  const until = Math.ceil(claims.iat) + PROOF_SECONDS + demands.clockToleranceSeconds + 1
  const isNew = await demands.replays.remember(replayId('proof', thumbprint, claims.jti), until)
  if (!isNew) throw new TokenRefused('proof_invalid')
}

type ProofClaims = { jti: string; htm: string; htu: string; iat: number; ath: string }

/** RFC 9449 §4.3, steps 1 to 7 and 11: one proof, of its type, signed by the public key that it holds, and new. */
const readProof = async (proof: string, { clockToleranceSeconds }: Demands) => {
  if (proof.length > MAX_PROOF_LENGTH) throw new TokenRefused('proof_invalid')
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: [...PROOF_ALGORITHMS],
      maxTokenAge: PROOF_SECONDS,
      clockTolerance: clockToleranceSeconds,
    })
    if (!protectedHeader.jwk || 'crit' in protectedHeader || !isProof(payload)) throw new TokenRefused('proof_invalid')
    return { claims: payload, thumbprint: await calculateJwkThumbprint(protectedHeader.jwk) }
  } catch (cause) {
    throw new TokenRefused('proof_invalid', cause)
  }
}

const isProof = (payload: JWTPayload): payload is JWTPayload & ProofClaims =>
  fits(payload, { jti: isText, htm: isText, htu: isText, iat: isTime, ath: isText })

/** An address as it is compared: without query and fragment, host in lower case, no default port (§4.3, step 9). */
const addressOf = (value: string): string | undefined => {
  if (!URL.canParse(value)) return undefined
  const { origin, pathname } = new URL(value)
  return `${origin}${pathname}`
}
