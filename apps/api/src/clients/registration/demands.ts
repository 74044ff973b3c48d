import { fapiAlgorithms, tokenExchangeGrant } from '@fobwatch/contracts'
import { grantsOf, hasSecrets, methodOf, type Rule, when } from './rules.ts'

/** How it comes to tokens: grants, response types, and who may have which. */
export const grantRule: Rule = (metadata) => {
  const grants = grantsOf(metadata)
  const takesCodes = grants.includes('authorization_code')
  const isPublic = methodOf(metadata) === 'none'
  const { response_types: responses, application_type } = metadata
  return [
    ...when(grants.length === 0, 'grant_types', 'must not be empty'),
    ...when(
      responses !== undefined && responses.includes('code') !== takesCodes,
      'response_types',
      takesCodes
        ? 'must be ["code"], as authorization_code among grant_types asks for'
        : 'must be empty without authorization_code among grant_types',
    ),
    ...when(
      grants.includes('refresh_token') && !takesCodes,
      'grant_types',
      'has refresh_token, which comes with authorization_code only',
    ),
    ...(['client_credentials', tokenExchangeGrant] as const).flatMap((grant) =>
      when(isPublic && grants.includes(grant), 'grant_types', `has ${grant}, which a public client cannot have`),
    ),
    ...when(
      application_type === 'native' && hasSecrets(metadata),
      'token_endpoint_auth_method',
      'must be none for a native app: what is in every copy of it is no secret (RFC 8252 §8.5)',
    ),
    ...when(metadata.pkce_required === false && isPublic, 'pkce_required', 'cannot be false for a public client'),
  ]
}

/** What it asks for, by names that there must be. */
export const nameRule: Rule = ({ default_acr_values: acrs = [], scope }, { scopes, apis, acrValues }) => {
  const known = new Set([...scopes, ...[...apis.values()].flat()])
  const asked = scope === undefined ? [] : scope.split(' ')
  return [
    ...acrs.flatMap((acr, at) =>
      when(
        !acrValues.some((each) => each === acr),
        `default_acr_values[${at}]`,
        `must be one of ${acrValues.join(', ')}`,
      ),
    ),
    ...when(
      scope !== undefined && asked.some((each) => each === ''),
      'scope',
      'must be scopes with one space between two',
    ),
    ...asked
      .filter((each) => each !== '' && !known.has(each))
      .map((each) => ({
        field: 'scope',
        why: `has ${each}, which is neither one of ${scopes.join(', ')} nor of an API that it may call`,
      })),
  ]
}

/** Its sessions are never longer than the service's. */
export const limitRule: Rule = ({ session_idle_minutes: idle, session_max_minutes: max }, { limits }) => [
  ...when(
    idle !== undefined && idle > limits.idleMinutes,
    'session_idle_minutes',
    `must be at most ${limits.idleMinutes}, as for the whole service`,
  ),
  ...when(
    max !== undefined && max > limits.maxMinutes,
    'session_max_minutes',
    `must be at most ${limits.maxMinutes}, as for the whole service`,
  ),
]

const signedBy = [
  'id_token_signed_response_alg',
  'userinfo_signed_response_alg',
  'token_endpoint_auth_signing_alg',
] as const
const algorithms: readonly string[] = fapiAlgorithms

/** The FAPI 2.0 Security Profile (§5.3.2.1, §5.4.1). What it demands holds for such a client without being said. */
export const fapiRule: Rule = (metadata) => {
  if (metadata.profile !== 'fapi2') return []
  const demanded = ['require_pushed_authorization_requests', 'dpop_bound_access_tokens', 'pkce_required'] as const
  return [
    ...when(methodOf(metadata) !== 'private_key_jwt', 'token_endpoint_auth_method', 'must be private_key_jwt (fapi2)'),
    ...demanded.flatMap((field) => when(metadata[field] === false, field, 'cannot be false (fapi2)')),
    ...signedBy.flatMap((field) => {
      const algorithm = metadata[field]
      return when(
        algorithm !== undefined && !algorithms.includes(algorithm),
        field,
        `must be one of ${algorithms.join(', ')} (fapi2)`,
      )
    }),
  ]
}
