import type { AdapterPayload } from 'oidc-provider'
import { seal, unseal } from '#kernel'

/** Of a sealed sign-in, in characters. Browsers keep cookies of 4096 bytes, with all that is said of them. */
const longest = 3400

/** What seals sign-ins and opens them again. */
export interface SignInSeal {
  /** @returns nothing where it is too long for a cookie */
  seal: (id: string, payload: AdapterPayload) => string | undefined
  /** @returns nothing where it is none that was sealed under this id */
  open: (id: string, sealed: string | undefined) => AdapterPayload | undefined
}

const contextOf = (id: string) => `sign-in ${id}`

/**
 * Encrypts and authenticates sign-ins that are in progress, each under its own id, for their browsers to keep.
 * @param key 32 bytes
 */
export const signInSeal = (key: Buffer): SignInSeal => ({
  seal: (id, payload) => {
    const sealed = seal(key, Buffer.from(JSON.stringify(payload)), contextOf(id)).toString('base64url')
    return sealed.length > longest ? undefined : sealed
  },
  open: (id, sealed) => {
    try {
      return sealed && JSON.parse(unseal(key, Buffer.from(sealed, 'base64url'), contextOf(id)).toString())
    } catch {
      return undefined
    }
  },
})
