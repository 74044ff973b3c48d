import type { Outcome } from './run-module.ts'

/** A result other than a pass that is understood, and why it is as it should be. */
interface Known {
  result: Outcome['result']
  why: string
  /** The suite's conditions that may complain. */
  of: readonly string[]
}

const warned = (why: string, ...of: string[]): Known => ({ result: 'WARNING', why, of })
const skipped = (why: string): Known => ({ result: 'SKIPPED', why, of: [] })
const toLookAt = (why: string): Known => ({ result: 'REVIEW', why, of: [] })

const [unasked, notAll] = ['EnsureIdTokenDoesNotContainNonRequestedClaims', 'VerifyScopesReturnedInUserInfoClaims']

const levels =
  'every ID token tells the levels of assurance, `id_assurance_level` and `authentication_assurance_level`, as CIS2 does; no standard names them'
const unknownOfStaff =
  'nothing is known of a member of staff that the standard names besides, such as a nickname or a birthday'

/** By the suite's name of the test. A result that is neither a pass nor here makes the proof fail. */
export const known: Readonly<Record<string, Known>> = {
  'oidcc-server': warned(levels, unasked),
  'oidcc-scope-profile': warned(unknownOfStaff, notAll),
  'oidcc-scope-email': warned(
    'addresses are not verified by the service, so that there is no `email_verified`',
    notAll,
  ),
  'oidcc-alternate-happy-flow': warned('as for `oidcc-scope-email`', notAll),
  'oidcc-scope-address': skipped('the scope is not offered'),
  'oidcc-scope-phone': skipped('the scope is not offered'),
  'oidcc-scope-all': skipped('the scopes `address` and `phone` are not offered'),
  'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported':
    skipped('request objects are refused'),
  'oidcc-prompt-login': toLookAt('the log-in page, shown though somebody is logged in'),
  'oidcc-max-age-1': toLookAt('the log-in page, shown though somebody is logged in'),
  'oidcc-ensure-registered-redirect-uri': toLookAt('an error, and no way to the address that is not registered'),
  'oidcc-ensure-request-object-with-redirect-uri': toLookAt('an error: request objects are refused'),
  'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri': toLookAt('an error, and no way to the address'),
  'oidcc-rp-initiated-logout-modified-id-token-hint': toLookAt('an error, and no way to the address'),
  'oidcc-rp-initiated-logout-no-id-token-hint': toLookAt(
    'the person was asked whether to log out, said yes, and was sent to no address',
  ),
  'oidcc-rp-initiated-logout-no-params': toLookAt('a page that says that the person is logged out'),
  'oidcc-rp-initiated-logout-no-post-logout-redirect-uri': toLookAt('a page that says that the person is logged out'),
  'oidcc-rp-initiated-logout-only-state': toLookAt('a page that says that the person is logged out'),
  'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri': toLookAt('an error, and no way to the address'),
  'oidcc-rp-initiated-logout-bad-id-token-hint': toLookAt('an error, and no way to the address'),
  'fapi2-security-profile-final-happy-flow': warned(levels, unasked),
  'fapi2-security-profile-final-test-claims-parameter-identity-claims': warned(
    'the scope `profile` and every ID token bring claims of CIS2 that no standard names: `uid` and the levels of assurance',
    'CheckForUnexpectedClaimsInUserinfo',
    'CheckForUnexpectedClaimsInIdToken',
  ),
}

/** Whether a test went as it should: passed, or as is known of it and for no other reason. */
export const isFine = ({ module, result, complaints }: Pick<Outcome, 'module' | 'result' | 'complaints'>): boolean => {
  if (result === 'PASSED') return true
  const understood = known[module]
  return understood?.result === result && complaints.every(({ condition }) => understood.of.includes(condition))
}
