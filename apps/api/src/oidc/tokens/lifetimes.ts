import type { Client, Configuration, KoaContextWithOIDC } from 'oidc-provider'
import { settingsOf } from '../clients/client-settings.ts'
import type { OidcDeps } from '../deps.ts'

/** FAPI 2.0 Security Profile §5.3.2.1 allows 60 seconds at most. */
const codeSeconds = 60
const interactionSeconds = 600
const idTokenSeconds = 600

const accessTokenSeconds = (_ctx: unknown, _token: unknown, client: Client) => settingsOf(client).accessTokenSeconds

/**
 * How long each thing lasts, in seconds. Whatever is said here, what hangs on a grant ends with its session.
 * A refresh token's successor ends when it would have ended itself: rotation prolongs nothing.
 */
export const lifetimes = ({ sessionMaxMinutes }: Pick<OidcDeps, 'sessionMaxMinutes'>) =>
  ({
    AccessToken: accessTokenSeconds,
    AuthorizationCode: codeSeconds,
    ClientCredentials: accessTokenSeconds,
    Grant: sessionMaxMinutes * 60,
    IdToken: idTokenSeconds,
    Interaction: interactionSeconds,
    RefreshToken: ({ oidc }: KoaContextWithOIDC, _token: unknown, client: Client) =>
      oidc.entities.RotatedRefreshToken?.remainingTTL ?? settingsOf(client).refreshTokenSeconds,
    Session: sessionMaxMinutes * 60,
  }) satisfies Configuration['ttl']
