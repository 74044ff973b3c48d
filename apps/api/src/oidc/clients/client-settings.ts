import type { ClientMetadata, ownMetadata } from '@fobwatch/contracts'

/** What a client's registration says in Fobwatch's own words, with what holds where it says nothing. */
export interface ClientSettings {
  claimsForm: 'clean' | 'compatible'
  levelsAs: 'integer' | 'string'
  acrRequired: boolean
  roleSelection: 'when-asked' | 'always'
  pkceRequired: boolean
  profile: 'standard' | 'fapi2'
  sandbox: boolean
  accessTokenSeconds: number
  refreshTokenSeconds: number
  /** Stricter than the service's; undefined where it asks no more. */
  sessionIdleMinutes: number | undefined
  sessionMaxMinutes: number | undefined
}

type Own = Pick<ClientMetadata, (typeof ownMetadata)[number]>

/** An API's token cannot be called back, so it is short. */
const accessTokenSeconds = 600
const refreshTokenSeconds = 43_200

/** @param client as the library holds it: what no standard knows keeps its name there */
export const settingsOf = (client: object): ClientSettings => {
  const own = client as Own
  return {
    claimsForm: own.claims_form ?? 'clean',
    levelsAs: own.levels_as ?? 'integer',
    acrRequired: own.acr_required ?? false,
    roleSelection: own.role_selection ?? 'when-asked',
    pkceRequired: own.pkce_required ?? true,
    profile: own.profile ?? 'standard',
    sandbox: own.sandbox ?? false,
    accessTokenSeconds: own.access_token_seconds ?? accessTokenSeconds,
    refreshTokenSeconds: own.refresh_token_seconds ?? refreshTokenSeconds,
    sessionIdleMinutes: own.session_idle_minutes,
    sessionMaxMinutes: own.session_max_minutes,
  }
}

/** Only a client that proves who it is may be let off, and none under FAPI (RFC 9700 §2.1.1). */
export const mustUsePkce = (client: { clientAuthMethod?: string | undefined }): boolean => {
  const { pkceRequired, profile } = settingsOf(client)
  return pkceRequired || profile === 'fapi2' || client.clientAuthMethod === 'none'
}
