/** Every scope of OpenID Connect that we know, and the claims that it brings (names are CIS2's). */
export const claimsByScope = {
  openid: ['sub', 'acr', 'amr', 'auth_time', 'sid', 'id_assurance_level', 'authentication_assurance_level'],
  profile: ['name', 'family_name', 'given_name', 'uid'],
  email: ['email'],
  nhsperson: ['nhsid_useruid', 'title', 'idassurancelevel', 'initials', 'middle_names', 'display_name'],
  nationalrbacaccess: ['nhsid_nrbac_roles'],
  associatedorgs: ['nhsid_user_orgs'],
  selectedrole: ['selected_roleid'],
  changedrole: ['selected_roleid'],
  assurance: ['assurance_reasons'],
} as const

/** What may be asked for by name too (OIDC Core §5.5), whatever the scope: how somebody logged in, and nothing about them. */
export const claimsByName: string[] = [...claimsByScope.openid, ...claimsByScope.assurance]

/** Brings a refresh token, to a client that is registered for one. */
const offlineAccess = 'offline_access'

export const oidcScopes: readonly string[] = [...Object.keys(claimsByScope), offlineAccess]
