import { type Static, Type } from 'typebox'
import { closed, LineOfText } from './common.ts'

const Url = (description: string) => Type.String({ maxLength: 2000, pattern: '^[!-~]+$', description })
const Urls = (description: string) => Type.Array(Url(description), { maxItems: 50, uniqueItems: true })
const OneOf = <const Values extends readonly string[]>(values: Values, description: string) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: [...values], description })
const Seconds = (least: number, most: number, description: string) =>
  Type.Integer({ minimum: least, maximum: most, description })

export const tokenExchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange'
export const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials', tokenExchangeGrant] as const
export const clientAuthMethods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const
export const idTokenAlgorithms = ['ES256', 'RS256', 'PS256', 'EdDSA'] as const
export const clientAuthAlgorithms = ['RS256', 'RS512', 'PS256', 'ES256', 'EdDSA'] as const
/** What may sign anything of a client under the FAPI 2.0 Security Profile (§5.4.1); RS256 is not among them. */
export const fapiAlgorithms = ['PS256', 'ES256', 'EdDSA'] as const

/** What a relying application may say of itself by the standards (OpenID Connect Dynamic Client Registration 1.0 §2 and others). */
const standard = {
  application_type: OneOf(['web', 'native'], 'Native: an app in the system browser (RFC 8252).'),
  redirect_uris: Urls('Where codes go, to the letter.'),
  post_logout_redirect_uris: Urls('Where people go after logging out, to the letter.'),
  response_types: Type.Array(OneOf(['code'], 'Codes are all there is.'), { maxItems: 1 }),
  grant_types: Type.Array(OneOf(grantTypes, 'What it may give for tokens.'), { maxItems: 4, uniqueItems: true }),
  scope: Type.String({
    maxLength: 1000,
    description: 'The scopes that it may ask for, divided by spaces; all when left out.',
  }),
  token_endpoint_auth_method: OneOf(clientAuthMethods, 'How it proves who it is; none for a public client.'),
  token_endpoint_auth_signing_alg: OneOf(clientAuthAlgorithms, 'For private_key_jwt: the one algorithm.'),
  jwks: Type.Object(
    { keys: Type.Array(Type.Record(Type.String(), Type.Unknown()), { minItems: 1, maxItems: 20 }) },
    closed,
  ),
  jwks_uri: Url('Where its public keys are.'),
  id_token_signed_response_alg: OneOf(idTokenAlgorithms, 'What its ID tokens and logout tokens are signed with.'),
  userinfo_signed_response_alg: OneOf(idTokenAlgorithms, 'Userinfo as a JWT, signed with this.'),
  default_acr_values: Type.Array(Type.String({ maxLength: 40 }), {
    maxItems: 8,
    description: 'Taken where a request has no acr_values.',
  }),
  default_max_age: Seconds(0, 43_200, 'Seconds; taken where a request has no max_age.'),
  require_auth_time: Type.Boolean(),
  dpop_bound_access_tokens: Type.Boolean({ description: 'Its tokens are bound to a key of its own (RFC 9449).' }),
  require_pushed_authorization_requests: Type.Boolean({ description: 'RFC 9126.' }),
  backchannel_logout_uri: Url('Told when a session ends (OpenID Connect Back-Channel Logout 1.0).'),
  backchannel_logout_session_required: Type.Boolean(),
  initiate_login_uri: Url('Where a log in can begin from outside.'),
  client_uri: Url('Its home page.'),
  logo_uri: Url('Its picture.'),
}

/** What Fobwatch alone knows of a relying application. */
const own = {
  claims_form: OneOf(
    ['clean', 'compatible'],
    "Compatible: CIS2's words, with their irregularities. Clean unless it says so.",
  ),
  levels_as: OneOf(['integer', 'string'], 'How the compatible form writes levels.'),
  acr_required: Type.Boolean({
    description: 'The acr that it asks for, or its default, is demanded and not wished for.',
  }),
  role_selection: OneOf(['when-asked', 'always'], 'Always: a role is chosen whatever the scopes.'),
  pkce_required: Type.Boolean({ description: 'True unless it says so; never false for a public client.' }),
  session_idle_minutes: Type.Integer({
    minimum: 1,
    maximum: 15,
    description: 'Stricter than the service, never looser.',
  }),
  session_max_minutes: Type.Integer({
    minimum: 1,
    maximum: 720,
    description: 'Stricter than the service, never looser.',
  }),
  access_token_seconds: Seconds(60, 3600, '600 unless it says so.'),
  refresh_token_seconds: Seconds(60, 43_200, '43,200 unless it says so.'),
  profile: OneOf(['standard', 'fapi2'], 'fapi2: the FAPI 2.0 Security Profile.'),
  feed_organisation: Type.String({
    pattern: '^[A-Z0-9]{3,10}$',
    description: 'For the HR system that feeds people in: the ODS code of the organisation that it is for.',
  }),
  sandbox: Type.Boolean({ description: 'For tries only: one browser may hold several people of it.' }),
}

/** The registration of a relying application, without its id, its name and its secrets. */
export const ClientMetadata = Type.Partial(Type.Object({ ...standard, ...own }), { ...closed, title: 'ClientMetadata' })
export type ClientMetadata = Static<typeof ClientMetadata>

/** The names of `ClientMetadata` that no standard knows. */
export const ownMetadata = Object.keys(own) as (keyof typeof own)[]

/** The `client_id`. */
export const ClientId = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{1,62}$' })
/** What people read when they log in: "to carry on to …". */
export const ClientName = LineOfText(80)
