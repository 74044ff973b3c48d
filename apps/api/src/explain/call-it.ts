import type { AuthenticatorKind } from '@fobwatch/contracts'
import { describeAuthenticator } from '#authenticators'
import type { KnownModels } from './metadata-in.ts'

type Claims = Parameters<typeof describeAuthenticator>[0]

/**
 * Says what people would call an authenticator: by its model where we know it, else as the metadata of the case has it,
 * else by its kind.
 */
export const callIt = (
  models: KnownModels,
  claims: Claims,
  userAgent?: string,
): { kind: AuthenticatorKind; name: string } => {
  const { kind, name } = describeAuthenticator(claims, userAgent)
  const isPlain = name === describeAuthenticator({ ...claims, aaguid: '' }, userAgent).name
  return { kind, name: (isPlain && models.modelOf(claims.aaguid)?.name) || name }
}
