import type { ClientMetadata, ClientRegistration } from '@fobwatch/contracts'

/** As far as it says who may come as an application, and what is given to them. */
export type Registered = Pick<ClientRegistration, 'metadata' | 'apis'>

const adds = (before: readonly string[] = [], after: readonly string[] = []): boolean =>
  after.some((each) => !before.includes(each))

const scopesIn = ({ scope }: ClientMetadata): string[] | undefined => scope?.split(' ')

/** Left out, all scopes may be asked for. */
const addsScopes = (before: ClientMetadata, after: ClientMetadata): boolean => {
  const [were, are] = [scopesIn(before), scopesIn(after)]
  return were !== undefined && (are === undefined || adds(were, are))
}

/** Another key, or another place to find keys at; one that is taken away gives nobody anything. */
const addsKeys = (before: ClientMetadata, after: ClientMetadata): boolean => {
  const keysOf = ({ jwks }: ClientMetadata) => (jwks?.keys ?? []).map((key) => JSON.stringify(key))
  return adds(keysOf(before), keysOf(after)) || (after.jwks_uri !== undefined && after.jwks_uri !== before.jwks_uri)
}

/** Who keeps people logged in after they were logged out here, or hears of it, is as much a matter as who logs them in. */
const leavesUntold = (before: ClientMetadata, after: ClientMetadata): boolean =>
  before.backchannel_logout_uri !== undefined && before.backchannel_logout_uri !== after.backchannel_logout_uri

/** What a token or a code is bound to besides, so that whoever finds one has no use for it. */
const protections: readonly ((metadata: ClientMetadata) => boolean)[] = [
  ({ pkce_required }) => pkce_required !== false,
  ({ dpop_bound_access_tokens }) => dpop_bound_access_tokens === true,
  ({ require_pushed_authorization_requests }) => require_pushed_authorization_requests === true,
  ({ profile }) => profile === 'fapi2',
]

/**
 * Whether a change of a registration gives somebody what they had not: the codes or the tokens of an application at a place
 * more, by a proof more, for more, or with less to protect them. It is then another application under an old name.
 */
const isWidened = (before: Registered, after: Registered): boolean => {
  const [was, is] = [before.metadata, after.metadata]
  return (
    adds(was.redirect_uris, is.redirect_uris) ||
    was.application_type !== is.application_type ||
    (is.feed_organisation !== undefined && is.feed_organisation !== was.feed_organisation) ||
    was.token_endpoint_auth_method !== is.token_endpoint_auth_method ||
    adds(was.grant_types ?? ['authorization_code'], is.grant_types ?? ['authorization_code']) ||
    addsKeys(was, is) ||
    addsScopes(was, is) ||
    adds(before.apis, after.apis) ||
    leavesUntold(was, is) ||
    protections.some((holds) => holds(was) && !holds(is))
  )
}

/**
 * Whether two people have to agree that a registration is kept. One for tries, where nobody is who works, takes one person;
 * what people work with takes two when it is new, when it comes out of the sandbox, and when it is widened.
 * @param before what is registered now; nothing for a new one
 */
export const takesTwoPeople = (before: Registered | undefined, after: Registered): boolean => {
  if (after.metadata.sandbox) return false
  return !before || before.metadata.sandbox === true || isWidened(before, after)
}
