import type { ClientMetadata, Fault } from '@fobwatch/contracts'

/** What somebody writes of an application. */
export interface Draft {
  id: string
  name: string
  metadata: ClientMetadata
  apis: string[]
}

/** A part of it that has a page of its own. That codes are all there is (`response_types`) says nothing to choose. */
export type FieldName = 'id' | 'name' | 'apis' | Exclude<keyof ClientMetadata, 'response_types'>

/** One of the values that a field can have. */
export interface Choice {
  value: string
  label: string
  hint?: string
}

/** How a field is written. `none` of a choice stands for leaving it out. */
type How =
  | { kind: 'text' }
  | { kind: 'address' }
  | { kind: 'addresses' }
  | { kind: 'one'; choices: readonly Choice[]; usual: string }
  | { kind: 'many'; choices: readonly Choice[]; none: string; usual?: readonly string[] }
  | { kind: 'words'; choices: readonly Choice[]; none: string }
  | { kind: 'yes'; usual: boolean }
  | { kind: 'number'; unit: string; most: number; usual: string }
  | { kind: 'keys' }
  | { kind: 'apis' }

/** A field, in plain words. */
export type Field = How & {
  /** What it is called in a list of facts. */
  label: string
  question: string
  hint?: string
}

const usualGrant = 'authorization_code'

/** What an id is made of. */
export const idForm = /^[a-z0-9][a-z0-9._-]{1,62}$/
/** The same in words. */
export const idRule = '2 to 63 small letters, digits, dots, hyphens or underscores, with a letter or digit first'

/** The fields, in the order in which they are shown. */
export const fields: Record<FieldName, Field> = {
  name: {
    kind: 'text',
    label: 'Name',
    question: 'What is it called?',
    hint: 'People read it when they log in: “to carry on to …”.',
  },
  id: {
    kind: 'text',
    label: 'Id',
    question: 'What is its id?',
    hint: `Its client_id, such as ward-list: ${idRule}. It cannot be changed later.`,
  },
  sandbox: {
    kind: 'one',
    label: 'For',
    question: 'What is it for?',
    usual: 'false',
    choices: [
      {
        value: 'false',
        label: 'Real work',
        hint: 'Your staff log in to it. A second person has to agree before it is added.',
      },
      { value: 'true', label: 'Tests only', hint: 'Made-up people log in to it. You can add it by yourself.' },
    ],
  },
  application_type: {
    kind: 'one',
    label: 'Kind',
    question: 'Where does it run?',
    usual: 'web',
    choices: [
      { value: 'web', label: 'On a website' },
      { value: 'native', label: 'As an app on a phone, tablet or computer' },
    ],
  },
  client_uri: { kind: 'address', label: 'Home page', question: 'What is the address of its home page?' },
  logo_uri: { kind: 'address', label: 'Logo', question: 'What is the address of its logo?' },
  initiate_login_uri: {
    kind: 'address',
    label: 'Log in from outside',
    question: 'Where can a log in begin from outside?',
  },
  redirect_uris: {
    kind: 'addresses',
    label: 'Addresses after log in',
    question: 'Where do people go after they log in?',
    hint: 'Its redirect_uris, one on each line. They are compared to the letter.',
  },
  post_logout_redirect_uris: {
    kind: 'addresses',
    label: 'Addresses after log out',
    question: 'Where do people go after they log out?',
    hint: 'One on each line, or leave it empty.',
  },
  backchannel_logout_uri: {
    kind: 'address',
    label: 'Told of log outs at',
    question: 'Where do we tell it that somebody logged out?',
    hint: 'Its backchannel_logout_uri. Leave it empty if it cannot be told.',
  },
  backchannel_logout_session_required: {
    kind: 'yes',
    usual: false,
    label: 'Log outs name the session',
    question: 'Must each log out name the session?',
  },
  token_endpoint_auth_method: {
    kind: 'one',
    label: 'Proves itself by',
    question: 'How does it prove who it is?',
    usual: 'client_secret_basic',
    choices: [
      { value: 'private_key_jwt', label: 'A key of its own', hint: 'The safest. We only know its public half.' },
      { value: 'client_secret_basic', label: 'A secret, in a header', hint: 'Most libraries do this.' },
      { value: 'client_secret_post', label: 'A secret, in the request', hint: 'For applications made for CIS2.' },
      { value: 'none', label: 'It has no secret or key', hint: 'For apps, where nothing stays secret.' },
    ],
  },
  token_endpoint_auth_signing_alg: {
    kind: 'one',
    label: 'Signs its proof with',
    question: 'Which algorithm does it sign its proof with?',
    usual: 'none',
    choices: [
      { value: 'none', label: 'Any that its keys allow' },
      ...['ES256', 'EdDSA', 'PS256', 'RS256', 'RS512'].map((value) => ({ value, label: value })),
    ],
  },
  jwks_uri: {
    kind: 'address',
    label: 'Public keys at',
    question: 'Where are its public keys?',
    hint: 'Its jwks_uri. It can then change keys by itself. Leave it empty if you have the keys themselves.',
  },
  jwks: {
    kind: 'keys',
    label: 'Public keys',
    question: 'What are its public keys?',
    hint: 'A JSON object with a list of keys (a JWK Set), or leave it empty.',
  },
  grant_types: {
    kind: 'many',
    label: 'Gets tokens by',
    question: 'How does it get tokens?',
    none: 'Log ins',
    usual: [usualGrant],
    choices: [
      { value: usualGrant, label: 'Log ins', hint: 'Somebody logs in (authorization_code).' },
      { value: 'refresh_token', label: 'Renewal', hint: 'It asks again without its person (refresh_token).' },
      { value: 'client_credentials', label: 'By itself', hint: 'Nobody logs in (client_credentials).' },
      {
        value: 'urn:ietf:params:oauth:grant-type:token-exchange',
        label: 'Exchange',
        hint: 'It gives an ID token for an API’s token (token exchange).',
      },
    ],
  },
  scope: {
    kind: 'words',
    label: 'May ask about people',
    question: 'What may it ask about people?',
    hint: 'If you select none, it may ask for all of them, and for every scope of its APIs.',
    none: 'Everything',
    choices: [
      { value: 'openid', label: 'Their user number', hint: 'openid. Needed for every log in.' },
      { value: 'profile', label: 'Their name', hint: 'profile' },
      { value: 'email', label: 'Their work email', hint: 'email' },
      { value: 'nhsperson', label: 'Title, middle names and identity level', hint: 'nhsperson' },
      { value: 'nationalrbacaccess', label: 'Their roles', hint: 'nationalrbacaccess' },
      { value: 'associatedorgs', label: 'Their organisations', hint: 'associatedorgs' },
      { value: 'professionalmemberships', label: 'Their professional registrations', hint: 'professionalmemberships' },
      { value: 'organisationalmemberships', label: 'Their memberships', hint: 'organisationalmemberships' },
      { value: 'selectedrole', label: 'The role they chose', hint: 'selectedrole' },
      { value: 'changedrole', label: 'To choose a role again', hint: 'changedrole' },
      { value: 'assurance', label: 'Why a check is standard or strong', hint: 'assurance' },
      { value: 'offline_access', label: 'To renew its tokens', hint: 'offline_access' },
    ],
  },
  apis: { kind: 'apis', label: 'May call', question: 'Which APIs may it call?' },
  feed_organisation: {
    kind: 'text',
    label: 'Feeds people in for',
    question: 'Which organisation does it feed people in for?',
    hint: 'The ODS code, for an HR system. Leave it empty for anything else.',
  },
  default_acr_values: {
    kind: 'many',
    label: 'Check',
    question: 'Which check does it ask for?',
    hint: 'Taken where it does not say so itself. Several are in order of preference.',
    none: 'Any check',
    choices: [
      { value: 'AAL3_ANY', label: 'A strong check', hint: 'AAL3_ANY' },
      { value: 'AAL2_OR_AAL3_ANY', label: 'A standard or a strong check', hint: 'AAL2_OR_AAL3_ANY' },
      { value: 'AAL2_ANY', label: 'A standard check', hint: 'AAL2_ANY' },
      { value: 'AAL3_FIDO2', label: 'A strong check by a FIDO2 device', hint: 'AAL3_FIDO2' },
      { value: 'AAL3_IOS', label: 'A strong check by a managed iPad or iPhone', hint: 'AAL3_IOS' },
    ],
  },
  acr_required: {
    kind: 'yes',
    usual: false,
    label: 'Check is a must',
    question: 'Is nobody let in without that check?',
    hint: 'If not, it is told which check people really used.',
  },
  default_max_age: {
    kind: 'number',
    unit: 'seconds',
    most: 43_200,
    usual: 'No limit of its own',
    label: 'Age of a log in',
    question: 'How old may a log in be?',
    hint: 'In seconds. Leave it empty for no limit.',
  },
  require_auth_time: {
    kind: 'yes',
    usual: false,
    label: 'Told when somebody logged in',
    question: 'Is it always told when somebody logged in?',
  },
  role_selection: {
    kind: 'one',
    label: 'Role',
    question: 'When do people choose a role for it?',
    usual: 'when-asked',
    choices: [
      { value: 'when-asked', label: 'When it asks' },
      { value: 'always', label: 'Always' },
    ],
  },
  session_idle_minutes: {
    kind: 'number',
    unit: 'minutes',
    most: 15,
    usual: 'As for everything',
    label: 'Log out after no use',
    question: 'After how long without use are people logged out of it?',
    hint: 'In minutes, 15 at most. Leave it empty for the same as everything.',
  },
  session_max_minutes: {
    kind: 'number',
    unit: 'minutes',
    most: 720,
    usual: 'As for everything',
    label: 'Log out at the latest',
    question: 'After how long are people logged out of it at the latest?',
    hint: 'In minutes, 720 (12 hours) at most. Leave it empty for the same as everything.',
  },
  claims_form: {
    kind: 'one',
    label: 'Form of its tokens',
    question: 'Which form do its tokens have?',
    usual: 'clean',
    choices: [
      { value: 'clean', label: 'The usual one', hint: 'For new applications.' },
      { value: 'compatible', label: 'That of CIS2', hint: 'For applications that were made for it.' },
    ],
  },
  levels_as: {
    kind: 'one',
    label: 'Levels in its tokens',
    question: 'How are levels written in its tokens?',
    usual: 'integer',
    choices: [
      { value: 'integer', label: 'As numbers' },
      { value: 'string', label: 'As text' },
    ],
  },
  id_token_signed_response_alg: {
    kind: 'one',
    label: 'ID tokens are signed with',
    question: 'Which algorithm are its ID tokens signed with?',
    usual: 'none',
    choices: [
      { value: 'none', label: 'As usual' },
      ...['ES256', 'RS256', 'PS256', 'EdDSA'].map((value) => ({ value, label: value })),
    ],
  },
  userinfo_signed_response_alg: {
    kind: 'one',
    label: 'Details of people (userinfo)',
    question: 'Are the details of people (userinfo) signed?',
    usual: 'none',
    choices: [
      { value: 'none', label: 'Not signed' },
      ...['ES256', 'RS256', 'PS256', 'EdDSA'].map((value) => ({ value, label: `Signed with ${value}` })),
    ],
  },
  profile: {
    kind: 'one',
    label: 'Security profile',
    question: 'Which security profile does it follow?',
    usual: 'standard',
    choices: [
      { value: 'standard', label: 'The usual one' },
      { value: 'fapi2', label: 'FAPI 2.0', hint: 'For what must not leak. It needs a key of its own.' },
    ],
  },
  pkce_required: {
    kind: 'yes',
    usual: true,
    label: 'Codes are bound (PKCE)',
    question: 'Must its codes be bound to the request (PKCE)?',
    hint: 'Say no only for an old application that cannot.',
  },
  require_pushed_authorization_requests: {
    kind: 'yes',
    usual: false,
    label: 'Requests are sent ahead (PAR)',
    question: 'Must it send its requests ahead (PAR)?',
  },
  dpop_bound_access_tokens: {
    kind: 'yes',
    usual: false,
    label: 'Tokens are bound to a key (DPoP)',
    question: 'Are its tokens bound to a key of its own (DPoP)?',
  },
  access_token_seconds: {
    kind: 'number',
    unit: 'seconds',
    most: 3_600,
    usual: '10 minutes',
    label: 'Access tokens last',
    question: 'How long do its access tokens last?',
    hint: 'In seconds, 60 to 3,600. Leave it empty for 600 (10 minutes).',
  },
  refresh_token_seconds: {
    kind: 'number',
    unit: 'seconds',
    most: 43_200,
    usual: '12 hours',
    label: 'Renewal lasts',
    question: 'For how long can it renew its tokens?',
    hint: 'In seconds, 60 to 43,200. Leave it empty for 43,200 (12 hours).',
  },
}

/** Fields that belong together, under one heading. */
export const groups: readonly { heading: string; fields: readonly FieldName[] }[] = [
  {
    heading: 'What it is',
    fields: ['name', 'id', 'sandbox', 'application_type', 'client_uri', 'logo_uri', 'initiate_login_uri'],
  },
  {
    heading: 'Where people come back',
    fields: [
      'redirect_uris',
      'post_logout_redirect_uris',
      'backchannel_logout_uri',
      'backchannel_logout_session_required',
    ],
  },
  {
    heading: 'How it proves who it is',
    fields: ['token_endpoint_auth_method', 'jwks_uri', 'jwks', 'token_endpoint_auth_signing_alg'],
  },
  { heading: 'What it may ask for', fields: ['grant_types', 'scope', 'apis', 'feed_organisation'] },
  {
    heading: 'How people log in to it',
    fields: [
      ...(['default_acr_values', 'acr_required', 'default_max_age', 'require_auth_time', 'role_selection'] as const),
      ...(['session_idle_minutes', 'session_max_minutes'] as const),
    ],
  },
  {
    heading: 'Its tokens',
    fields: [
      ...(['claims_form', 'levels_as', 'id_token_signed_response_alg', 'userinfo_signed_response_alg'] as const),
      ...(['access_token_seconds', 'refresh_token_seconds'] as const),
    ],
  },
  {
    heading: 'How it is protected',
    fields: ['profile', 'pkce_required', 'require_pushed_authorization_requests', 'dpop_bound_access_tokens'],
  },
]

/** Whether a word of an address is a field. */
export const isField = (word: string): word is FieldName => Object.hasOwn(fields, word)

/** Which field a fault lies in: `jwks.keys[0]` is of `jwks`. */
export const fieldOf = ({ field }: Fault): string => field.split(/[.[]/)[0] ?? field

/** A fault as a sentence: what the field is called, which of several, and what is wrong. */
export const faultWords = (fault: Fault): string => {
  const name = fieldOf(fault)
  const at = /\[(\d+)\]/.exec(fault.field)?.[1]
  const label = isField(name) ? fields[name].label : name
  return `${label}${at === undefined ? '' : `, number ${Number(at) + 1},`} ${fault.why}`
}
