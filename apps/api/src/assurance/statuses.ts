/**
 * Status reports that no policy can allow: the model's keys, its check of the user, or its attestation can no longer be
 * believed (FIDO Metadata Service v3 §3.1.4).
 */
const alwaysProhibited: ReadonlySet<string> = new Set([
  'REVOKED',
  'USER_VERIFICATION_BYPASS',
  'ATTESTATION_KEY_COMPROMISE',
  'USER_KEY_REMOTE_COMPROMISE',
  'USER_KEY_PHYSICAL_COMPROMISE',
])

/** Whether a model has a status in effect that is always prohibited. */
export const isUnsafe = (statuses: readonly string[]): boolean => statuses.some((each) => alwaysProhibited.has(each))
