import type { EventType } from '@fobwatch/contracts'

/** What happened, for whoever reads the log at the desk, and for the person whom it is about. */
export const eventNames = {
  'person-created': 'Profile made',
  'person-changed': 'Details changed',
  'person-suspended': 'Profile paused',
  'person-reinstated': 'Profile started again',
  'person-closed': 'Profile closed',
  'person-reopened': 'Profile opened again',
  'person-erased': 'Personal details erased',
  'person-exported': 'Copy made of all that is held',
  'person-forgotten': 'Personal details in the log made unreadable',
  'identity-proved': 'Identity checked',
  'professional-membership-kept': 'Professional registration kept',
  'professional-membership-removed': 'Professional registration removed',
  'invitation-issued': 'Link, code or pass given to set up a device',
  'invitations-voided': 'Links to set up a device ended',
  'short-code-refused': 'Wrong code to set up a device',
  'short-code-used': 'Short code used',
  'pass-used': 'Temporary pass used',
  'authenticator-enrolled': 'Way to log in set up with a link',
  'enrolment-refused': 'Device not set up',
  'authenticator-added': 'Way to log in added',
  'authenticator-renamed': 'Way to log in given another name',
  'authenticator-removed': 'Way to log in removed by its owner',
  'authenticator-suspended': 'Way to log in paused',
  'authenticator-reinstated': 'Way to log in can be used again',
  'authenticator-revoked': 'Way to log in removed for good',
  'authenticator-expired': 'Way to log in ran out',
  'authenticator-expiry-set': 'Last day set for a way to log in',
  'authenticator-judged-again': 'Check given by a way to log in worked out again',
  'authenticator-copied': 'Signs that a way to log in was copied',
  'backup-state-changed': 'Passkey copied to other devices, or no longer',
  'signed-in': 'Logged in',
  'sign-in-refused': 'Could not log in',
  reasserted: 'Checked again that it is them',
  'stronger-check-declined': 'Went back without a stronger check',
  'role-chosen': 'Role chosen',
  'account-chosen': 'Person chosen, of several who were logged in',
  'signed-out': 'Logged out',
  'signed-out-elsewhere': 'Logged out from another device',
  'signed-out-by-desk': 'Logged out everywhere by the desk',
  'tokens-revoked': 'Application gave back its access',
  'logout-tested': 'Log out tried with an application',
  'token-exchanged': 'Access given to an application for another',
  'replay-refused': 'Something that works once was shown again',
  'organisation-added': 'Organisation added',
  'organisation-changed': 'Organisation changed',
  'workgroup-added': 'Workgroup added',
  'workgroup-changed': 'Workgroup changed',
  'catalogue-loaded': 'List of roles and activities loaded',
  'position-created': 'Position made',
  'position-changed': 'Position changed',
  'position-assigned': 'Position given',
  'assignment-changed': 'Dates of a position changed',
  'assignment-ended': 'Position ended',
  'duty-granted': 'Duty at the desk given',
  'desk-searched': 'People or lists searched at the desk',
  'person-viewed': 'Profile looked at by the desk',
  'desk-refused': 'Not allowed at the desk',
  'request-raised': 'Request made',
  'request-approved': 'Request approved',
  'request-rejected': 'Request turned down',
  'request-withdrawn': 'Request taken back',
  'request-cancelled': 'Request cancelled',
  'request-used': 'Approved request used',
  'report-read': 'Report looked at',
  'intake-previewed': 'List of new staff tried out',
  'intake-done': 'List of new staff taken in',
  'feed-read': 'Staff list read by another system',
  'feed-refused': 'Change by another system not taken',
  'directory-read': 'Details looked up by an application',
  'audit-read': 'Log looked at',
  'audit-exported': 'Copy of the log made',
  'audit-checked': 'Log checked from end to end',
  'audit-damaged': 'Log found changed',
  'database-restored': 'Restored from a backup: everybody was logged out',
  'policy-previewed': 'Change to a rule tried out',
  'policy-changed': 'Rule changed',
  'client-registered': 'Application registered',
  'client-changed': 'Application changed',
  'client-disabled': 'Application turned off',
  'client-enabled': 'Application turned on',
  'client-secret-added': 'Secret given to an application',
  'client-secret-ended': 'Secret of an application ended',
  'api-defined': 'API defined',
  'anchor-added': 'Maker of devices trusted',
  'anchor-removed': 'Maker of devices no longer trusted',
  'metadata-loaded': 'List of device models loaded',
  'metadata-refused': 'List of device models not believed',
  'signing-key-made': 'Signing key made',
  'signing-key-revoked': 'Signing key ended',
  'limit-reached': 'Too many tries or requests',
} as const satisfies Record<EventType, string>

/** Where an event stands in a list to choose from: the first group that fits it. */
const groups: readonly (readonly [label: string, types: RegExp])[] = [
  ['People and their details', /^(person|identity|professional|intake|feed|directory)-/],
  ['Links, codes and passes', /^(invitation|short-code|pass-|enrolment)/],
  ['Ways to log in', /^(authenticator|backup-state)-/],
  ['Logging in and out', /^(signed-|sign-in|reasserted|stronger|role-|account-|token|logout|replay|limit)/],
  ['Organisations, positions and duties', /^(organisation|workgroup|catalogue|position|assignment|duty)-/],
  ['The desk and the log', /^(desk|request|report|audit|database)-/],
  ['Rules, applications and keys', /./],
]

/** Every event by group, each group in the order of its words. */
export const eventGroups = groups.map(([label], at) => ({
  label,
  options: Object.entries(eventNames)
    .filter(([type]) => groups.findIndex(([, types]) => types.test(type)) === at)
    .map(([value, words]) => ({ value, label: words }))
    .sort((one, other) => one.label.localeCompare(other.label)),
}))

const isKnown = (type: string): type is EventType => Object.hasOwn(eventNames, type)

/** A refusal that its name says already. */
const saysNo = /(refused|reached)$/

/**
 * What happened, in plain words.
 * @param type as it is recorded; one of an older version that has no words is shown as it is
 */
export const eventWords = ({ type, outcome }: { type: string; outcome: string }): string => {
  const words = isKnown(type) ? eventNames[type] : type
  return outcome === 'refused' && !saysNo.test(type) ? `${words}: not done` : words
}
