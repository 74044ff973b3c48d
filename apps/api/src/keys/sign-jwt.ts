import { importJWK, type JWK, type JWTPayload, SignJWT } from 'jose'

/** What a JWT says of itself in its header (RFC 7515 §4.1). */
export interface JwtHeader {
  /** One that a client may be registered for, such as `ES256`. */
  alg: string
  /** The kind of JWT, such as `logout+jwt` (RFC 8725 §3.11). */
  typ: string
}

export type SignJwt = (claims: JWTPayload, header: JwtHeader) => Promise<string>

/**
 * Signs claims with the key that is current for an algorithm, and names the key in the header.
 * @returns the JWT, with the claims as they were given and none besides
 * @throws Error when there is no key for the algorithm
 */
export const signJwt =
  (keys: () => Promise<JWK[]>): SignJwt =>
  async (claims, { alg, typ }) => {
    const key = (await keys()).find((each) => each.alg === alg)
    if (!key?.kid) throw new Error(`There is no signing key for ${alg}.`)
    return new SignJWT(claims).setProtectedHeader({ alg, typ, kid: key.kid }).sign(await importJWK(key))
  }
