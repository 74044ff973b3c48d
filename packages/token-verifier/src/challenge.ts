import { PROOF_ALGORITHMS } from './algorithms.ts'
import { weakestClassOf } from './level.ts'
import type { Needs } from './needs.ts'

/** How a token is presented: by itself, or with a proof of the key that it is bound to. */
export type Scheme = 'Bearer' | 'DPoP'

/** One challenge of a `WWW-Authenticate` header (RFC 9110 §11.6.1). */
export type Challenge = { scheme: Scheme; parameters?: Readonly<Record<string, string>> }

/** Writes a challenge. Our values hold no quotation mark: descriptions are ours, and needs are checked (`checkNeeds`). */
export const write = ({ scheme, parameters = {} }: Challenge): string => {
  const list = Object.entries(parameters).map(([name, value]) => `${name}="${value}"`)
  return [scheme, list.join(', ')].filter(Boolean).join(' ')
}

/** The token is not valid (RFC 6750 §3.1). */
export const invalidToken = (error_description: string): Challenge => ({
  scheme: 'Bearer',
  parameters: { error: 'invalid_token', error_description },
})

/** The proof of a key is not there, or not valid (RFC 9449 §7.1). */
export const badProof = (error: 'invalid_token' | 'invalid_dpop_proof', error_description: string): Challenge => ({
  scheme: 'DPoP',
  parameters: { error, error_description, algs: PROOF_ALGORITHMS.join(' ') },
})

/** The token was not given for this (RFC 6750 §3.1). */
export const insufficientScope = (error_description: string, { scope = '' }: Needs, scheme: Scheme): Challenge => ({
  scheme,
  parameters: { error: 'insufficient_scope', error_description, scope },
})

/**
 * What a log in must reach for the request to be let in (RFC 9470 §3).
 * @param needs all that is asked of the log in, also what is met: who steps up in one respect must not fall back in another
 */
export const stepUp = (error_description: string, { level, maxAgeSeconds }: Needs, scheme: Scheme): Challenge => ({
  scheme,
  parameters: {
    error: 'insufficient_user_authentication',
    error_description,
    ...(level !== undefined && { acr_values: weakestClassOf(level) }),
    ...(maxAgeSeconds !== undefined && { max_age: String(maxAgeSeconds) }),
  },
})
