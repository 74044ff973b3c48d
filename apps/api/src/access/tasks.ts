/** What a duty can allow; the table of who may is data/duties.json. A guard `desk:<task>` names one of these. */
export const tasks = [
  'find-person',
  'create-person',
  'change-details',
  'close-person',
  'issue-authenticator',
  'unlock-smartcard',
  'assign-position',
  'edit-positions',
  'report-people',
  'report-requests',
  'report-authenticators',
  'report-positions',
  'report-sign-ins',
  'manage-clients',
  'manage-keys',
  'set-policy',
  'export-audit',
] as const

export type Task = (typeof tasks)[number]
