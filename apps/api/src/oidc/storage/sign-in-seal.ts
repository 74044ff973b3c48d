import type { AdapterPayload } from 'oidc-provider'
import { seal, unseal } from '#kernel'

/** What seals sign-ins and opens them again. */
export interface SignInSeal {
  seal: (id: string, payload: AdapterPayload) => string
  /** @returns nothing where it is none that was sealed under this id */
  open: (id: string, sealed: string | undefined) => AdapterPayload | undefined
}

const contextOf = (id: string) => `sign-in ${id}`

/**
 * Encrypts and authenticates sign-ins that are in progress, each under its own id, for their browsers to keep.
 * @param key 32 bytes
 */
export const signInSeal = (key: Buffer): SignInSeal => ({
  seal: (id, payload) => seal(key, Buffer.from(JSON.stringify(payload)), contextOf(id)).toString('base64url'),
  open: (id, sealed) => {
    if (!sealed) return undefined
    try {
      return JSON.parse(unseal(key, Buffer.from(sealed, 'base64url'), contextOf(id)).toString())
    } catch {
      return undefined
    }
  },
})
