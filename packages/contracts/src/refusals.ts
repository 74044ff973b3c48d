/**
 * The closed list of refusals: what a caller may hear, with its HTTP status and a sentence that is safe to show.
 * Screens have words of their own for those that people meet.
 */
export const refusals = {
  invalid_request: { status: 400, sentence: 'The request is not in the form that this address takes.' },
  challenge_unknown: {
    status: 400,
    sentence: 'The challenge is not known, was used before, or has run out. Start again.',
  },
  response_malformed: { status: 400, sentence: 'The device sent an answer that cannot be read.' },
  ceremony_mismatch: { status: 400, sentence: 'The device answered another kind of question.' },
  origin_mismatch: { status: 400, sentence: 'The device answered for another web address.' },
  rp_id_mismatch: { status: 400, sentence: 'The device answered for another service.' },
  user_not_present: { status: 400, sentence: 'The device answered without a person touching it.' },
  user_not_verified: { status: 400, sentence: 'The device answered, but did not check who was using it.' },
  backup_flags_invalid: {
    status: 400,
    sentence: 'The device said two things that cannot both be true about copying its passkey.',
  },
  algorithm_not_allowed: { status: 400, sentence: 'The device uses a kind of key that is not allowed here.' },
  key_weak: { status: 400, sentence: 'The device made a key that is not sound.' },
  attestation_not_allowed: { status: 400, sentence: 'The device proves its maker in a form that is not allowed here.' },
  attestation_invalid: { status: 400, sentence: "The device's proof of its maker does not hold." },
  signature_invalid: { status: 400, sentence: 'The signature does not match.' },
  credential_unknown: { status: 400, sentence: 'This passkey is not known here.' },
  user_handle_mismatch: { status: 400, sentence: 'The device answered for another person.' },
  backup_eligibility_changed: {
    status: 400,
    sentence: 'The device says something else about copying its passkey than when it was set up.',
  },
  counter_regressed: {
    status: 400,
    sentence: 'The device counts backwards, so that another device may have the same passkey.',
  },
  credential_id_invalid: { status: 400, sentence: 'The device gave its passkey a name that is not allowed.' },
  credential_taken: { status: 409, sentence: 'This passkey is already set up.' },
  policy_refuses: { status: 400, sentence: 'The rules here do not allow this device.' },
  policy_locks_out: {
    status: 409,
    sentence: 'This rule would leave people without a way to log in. Look at who they are.',
  },
  policy_changed: { status: 409, sentence: 'Somebody changed this rule meanwhile. Look at it again.' },
  sign_in_refused: { status: 400, sentence: 'We could not log you in with this device.' },
  credential_removed: { status: 400, sentence: 'This passkey was removed. It does not log you in any more.' },
  credential_suspended: { status: 400, sentence: 'This way to log in is paused.' },
  credential_expired: { status: 400, sentence: 'This way to log in has run out.' },
  sign_in_unknown: { status: 400, sentence: 'This log in is not in progress in this browser. Start again.' },
  role_unknown: { status: 400, sentence: 'That role is not one of yours at present.' },
  invitation_unknown: { status: 404, sentence: 'This link is not one of ours.' },
  invitation_spent: { status: 410, sentence: 'This link has been used.' },
  invitation_expired: { status: 410, sentence: 'This link has expired.' },
  invitation_replaced: { status: 410, sentence: 'This link was replaced by a newer one.' },
  authenticator_not_so: {
    status: 409,
    sentence: 'This way to log in has changed, and this cannot be done with it now. Look at it again.',
  },
  last_authenticator: { status: 409, sentence: 'This is your last way to log in.' },
  not_signed_in: { status: 401, sentence: 'You are not logged in.' },
  fresh_assertion_needed: { status: 403, sentence: 'Check it is you before you do this.' },
  stronger_check_needed: { status: 403, sentence: 'Check it is you with your strongest way to log in first.' },
  not_allowed: { status: 403, sentence: 'You may not do this.' },
  cross_site: { status: 403, sentence: 'This request came from another website.' },
  not_found: { status: 404, sentence: 'There is nothing here.' },
  method_not_allowed: { status: 405, sentence: 'This address does not take that method.' },
  too_large: { status: 413, sentence: 'The request is larger than this address takes.' },
  media_type_not_allowed: { status: 415, sentence: 'This address takes JSON.' },
  server_fault: { status: 500, sentence: 'The fault is ours. Try again in 5 minutes.' },
  unavailable: { status: 503, sentence: 'Fobwatch is not working just now. Try again in a moment.' },
} as const satisfies Record<string, { status: number; sentence: string }>

export type RefusalCode = keyof typeof refusals
