const type = 'look at `typ`: `at+jwt` for an access token, none or `JWT` for an ID token'
const byHand = `after verifying, ${type}`

/** What has to be set or done, by library, for it to take no forged token. The guides say the same at more length. */
export const closes: Readonly<Record<string, string>> = {
  '@fobwatch/token-verifier': 'nothing is to be done.',
  jose: `\`requiredClaims: ['exp', 'sub']\`, and \`typ: 'at+jwt'\` for access tokens; for ID tokens, ${byHand}.`,
  oauth4webapi: 'nothing is to be done; it reads access tokens in requests only.',
  'openid-client':
    '`enableNonRepudiationChecks`. Without it no signature is looked at, which is right for an ID token that came straight from the token endpoint by TLS (OpenID Connect Core §3.1.3.7), and wrong for one that came any other way.',
  jsonwebtoken: `${byHand}; refuse a header with \`crit\`, and claims without \`exp\` or \`sub\`. It knows no EdDSA.`,
  'fast-jwt': `\`requiredClaims: ['exp', 'sub', 'iss', 'aud']\`, and \`checkTyp: 'at+jwt'\` for access tokens; for ID tokens, ${byHand}. get-jwks finds no keys for EdDSA.`,
  PyJWT: `\`options={'require': ['exp', 'iss', 'aud', 'sub']}\`, and with \`decode_complete\`, ${type}.`,
  joserfc: `\`exp\` and \`sub\` as essential claims; ${byHand}.`,
  'python-jose': `choose the key by \`kid\` and give that one alone, with its own algorithm: given the whole set it tries one key after the other, and fails at the first of another type; the options \`require_exp\`, \`require_iss\`, \`require_aud\` and \`require_sub\`; refuse a header with \`crit\`; ${byHand}. It refuses an ID token with \`at_hash\` unless it is given the \`access_token\` too, or \`verify_at_hash: False\`. It knows neither PS256 nor EdDSA. PyJWT or joserfc is the better choice.`,
  jwcrypto: `\`check_claims\` with \`exp\` and \`sub\`; look at \`nbf\` yourself, since it looks at no claim that it is not told of; ${byHand}.`,
  'golang-jwt': `\`WithExpirationRequired()\`; refuse a header with \`crit\`; ${byHand}.`,
  'go-jose': `refuse claims whose \`Expiry\` is nil; ${byHand}.`,
  'go-oidc': `${byHand}. It is made for ID tokens, and its audience is called \`ClientID\`.`,
  'lestrrat-go/jwx': `\`WithRequiredClaim("exp")\` and \`("sub")\`; refuse a header with \`crit\`; ${byHand}.`,
  'nimbus-jose-jwt':
    'the set of required claims in `DefaultJWTClaimsVerifier`. It refuses access tokens until `setJWSTypeVerifier` names `at+jwt`. It has no EdDSA without a further library.',
  jjwt: `refuse claims without \`exp\` or \`sub\`; ${byHand}.`,
  'Spring Security':
    '`validateType(false)` and `JwtValidators.createAtJwtValidator()`. Since version 7 it refuses every access token of RFC 9068 until then, and takes a token of the type JWT in its place.',
  'jsonwebtoken (Rust)': `\`validate_nbf\`; \`set_required_spec_claims\` with \`exp\`, \`iss\`, \`aud\` and \`sub\`; refuse a header with \`crit\`; ${byHand}.`,
}
