import { professionalBodies } from '#people'

/** How somebody logged in, and nothing about them. */
const ofLogIn = [
  'sub',
  'acr',
  'amr',
  'auth_time',
  'sid',
  'id_assurance_level',
  'authentication_assurance_level',
] as const

/**
 * Every scope of OpenID Connect that we know, and the claims that it brings (names are CIS2's). What `openid` brings stands
 * in every ID token; what any other does, at userinfo, or in the ID token where the access token is an API's (OpenID Connect
 * Core §5.4). Two stand in every ID token too, and are there for whoever asked for their own scope.
 */
export const claimsByScope = {
  openid: [...ofLogIn, 'selected_roleid', 'assurance_reasons'],
  profile: ['name', 'family_name', 'given_name', 'uid'],
  email: ['email'],
  nhsperson: ['nhsid_useruid', 'title', 'idassurancelevel', 'initials', 'middle_names', 'display_name'],
  nationalrbacaccess: ['nhsid_nrbac_roles'],
  associatedorgs: ['nhsid_user_orgs', 'nhsid_org_roles'],
  professionalmemberships: professionalBodies.map((body) => `${body}_id`),
  organisationalmemberships: ['nhsid_org_memberships'],
  selectedrole: ['selected_roleid'],
  changedrole: ['selected_roleid'],
  assurance: ['assurance_reasons'],
}

/** Scopes of which single claims may be asked for by name, because nothing but the person need be looked up for them. */
const givenSingly = ['profile', 'email', 'nhsperson'] as const

/** What may be asked for by name too (OIDC Core §5.5), whatever the scope of the request. */
export const claimsByName: string[] = [
  ...ofLogIn,
  ...claimsByScope.assurance,
  ...givenSingly.flatMap((scope) => claimsByScope[scope]),
]

const isScope = (name: string): name is keyof typeof claimsByScope => Object.hasOwn(claimsByScope, name)
const claimsOfScopes = (scopes: readonly string[]): string[] =>
  scopes.filter(isScope).flatMap((each) => claimsByScope[each])

/** What an application may not be told, asked for by name or under a scope that it had: its registration leaves it out. */
export const outside = (registered: string | undefined): string[] => {
  if (registered === undefined) return []
  const told = claimsOfScopes(['openid', ...registered.split(' ')])
  return claimsOfScopes(Object.keys(claimsByScope)).filter((claim) => !told.includes(claim))
}

/** Brings a refresh token, to a client that is registered for one. */
const offlineAccess = 'offline_access'

export const oidcScopes: readonly string[] = [...Object.keys(claimsByScope), offlineAccess]
