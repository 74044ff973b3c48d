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

const addsGrants = (before: ClientMetadata, after: ClientMetadata): boolean =>
  adds(before.grant_types ?? ['authorization_code'], after.grant_types ?? ['authorization_code'])

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
    addsGrants(was, is) ||
    addsKeys(was, is) ||
    addsScopes(was, is) ||
    adds(before.apis, after.apis) ||
    leavesUntold(was, is) ||
    protections.some((holds) => holds(was) && !holds(is))
  )
}

/** An API takes a token of an application for tries for as good as any: whoever may call one more may call a real one. */
const callsMore = (before: Registered | undefined, after: Registered): boolean => {
  if (after.apis.length === 0) return false
  if (!before || adds(before.apis, after.apis)) return true
  return addsGrants(before.metadata, after.metadata) || addsScopes(before.metadata, after.metadata)
}

/**
 * Whether two people have to agree that a registration is kept. One for tries, where nobody is who works, takes one person
 * while it calls nothing; what people work with takes two when it is new, when it comes out of the sandbox, and when it is
 * widened.
 * @param before what is registered now; nothing for a new one
 */
export const takesTwoPeople = (before: Registered | undefined, after: Registered): boolean => {
  if (after.metadata.sandbox) return callsMore(before, after)
  return !before || before.metadata.sandbox === true || isWidened(before, after)
}
