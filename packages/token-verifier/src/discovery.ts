import { safeAddress } from './options.ts'
import { fetchDocument } from './patient-fetch.ts'

const TIMEOUT_MS = 5_000

/**
 * Asks the issuer where its keys are (OpenID Connect Discovery 1.0 §4). Redirects are not followed.
 * @param issuer as configured; the document must name it to the letter (§4.3), or it is somebody else's
 * @throws Error when the document cannot be had, or does not hold what it should
 */
export const discoverJwksUri = async (issuer: string): Promise<URL> => {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const response = await fetchDocument(address, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })

  const document: unknown = await response.json()
  if (typeof document !== 'object' || document === null) throw new Error(`${address} is not a discovery document`)
  if (!('issuer' in document) || document.issuer !== issuer) throw new Error(`${address} is of another issuer`)
  if (!('jwks_uri' in document) || typeof document.jwks_uri !== 'string') throw new Error(`${address} names no keys`)
  return safeAddress('jwks_uri', document.jwks_uri)
}
