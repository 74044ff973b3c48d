/**
 * What a JWT says, before or without asking whether anyone signed it.
 * @returns nothing where it cannot be read
 */
export const unverifiedClaims = (jwt: string): Record<string, unknown> | undefined => {
  try {
    const claims: unknown = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
