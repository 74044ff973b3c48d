import { PROOF_ALGORITHMS } from './algorithms.ts'
import { weakestClassOf } from './level.ts'

/** One challenge of a `WWW-Authenticate` header (RFC 9110 §11.6.1). */
export type Challenge = { scheme: 'Bearer' | 'DPoP'; parameters?: Readonly<Record<string, string>> }

/** Writes a challenge. Our values hold no quotation mark: descriptions are ours, and needs are checked (`checkNeeds`). */
export const write = ({ scheme, parameters = {} }: Challenge): string => {
  const list = Object.entries(parameters).map(([name, value]) => `${name}="${value}"`)
  return [scheme, list.join(', ')].filter(Boolean).join(' ')
}

/** RFC 6750 §3. */
export const bearerError = (error: string, error_description: string, more = {}): Challenge => ({
  scheme: 'Bearer',
  parameters: { error, error_description, ...more },
})

/** RFC 9449 §7.1. */
export const dpopError = (error: string, error_description: string): Challenge => ({
  scheme: 'DPoP',
  parameters: { error, error_description, algs: PROOF_ALGORITHMS.join(' ') },
})

/**
 * Says what a log in must reach for the request to be let in (RFC 9470 §3).
 * @param needs all that is asked of the log in, also what is met: who steps up in one respect must not fall back in another
 */
export const stepUpChallenge = (description: string, needs: { level?: 2 | 3; maxAgeSeconds?: number }): Challenge =>
  bearerError('insufficient_user_authentication', description, {
    ...(needs.level !== undefined && { acr_values: weakestClassOf(needs.level) }),
    ...(needs.maxAgeSeconds !== undefined && { max_age: String(needs.maxAgeSeconds) }),
  })
