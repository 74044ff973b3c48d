import type { Signer } from './signer.ts'

/** What a JWT says of itself in its header (RFC 7515 §4.1). */
export interface JwtHeader {
  /** One that a client may be registered for, such as `ES256`. */
  alg: string
  /** The kind of JWT, such as `logout+jwt` (RFC 8725 §3.11). */
  typ: string
}

export type SignJwt = (claims: { readonly [name: string]: unknown }, header: JwtHeader) => Promise<string>

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/**
 * Signs claims with the key that signs now for an algorithm, and names the key in the header.
 * @returns the JWT, with the claims as they were given and none besides
 * @throws Error when there is no key for the algorithm
 */
export const signJwt =
  (signers: () => readonly Signer[]): SignJwt =>
  async (claims, { alg, typ }) => {
    const signer = signers().find(({ algorithm }) => algorithm === alg)
    if (!signer) throw new Error(`There is no signing key for ${alg}.`)
    const signed = `${encode({ alg, typ, kid: signer.kid })}.${encode(claims)}`
    return `${signed}.${Buffer.from(await signer.sign(Buffer.from(signed))).toString('base64url')}`
  }
