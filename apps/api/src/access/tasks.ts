/** What a duty can allow; the table of who may is data/duties.json. A guard `desk:<task>` names one of these. */
export const tasks = [
  'find-person',
  'create-person',
  'change-details',
  'close-person',
  'erase-person',
  'issue-authenticator',
  'unlock-smartcard',
  'assign-position',
  'give-duty',
  'edit-positions',
  'edit-organisations',
  'decide-requests',
  'report-people',
  'report-requests',
  'report-authenticators',
  'report-positions',
  'report-sign-ins',
  'read-audit',
  'manage-clients',
  'manage-keys',
  'set-policy',
  'manage-feeds',
  'load-catalogue',
  'export-audit',
] as const

export type Task = (typeof tasks)[number]

/** How a duty allows a task: without asking, by request, for positions that are opened to sponsors, or for one's own. */
export type Allowed = 'yes' | 'by-request' | 'opened-to-sponsors' | 'own'
