/** The signature algorithms that can be accepted: asymmetric ones only, so that a public key never serves as a secret. */
export const ALGORITHMS = [
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'EdDSA',
  'Ed25519',
] as const

export type Algorithm = (typeof ALGORITHMS)[number]

/** What a caller may sign the proof of its own key with (RFC 9449). FAPI 2.0 §5.4 has these three. */
export const PROOF_ALGORITHMS = ['ES256', 'PS256', 'EdDSA', 'Ed25519'] as const
