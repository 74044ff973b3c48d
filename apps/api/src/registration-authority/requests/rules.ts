import type { RequestKind } from '@fobwatch/contracts'
import type { Task } from '#access'

/** How long a request can be decided, and how long an approval can be used. Hours. */
export const hoursOpen = 30 * 24
export const hoursApproved = 24

/** How long whoever opens a request keeps it from others. Minutes. */
export const minutesHeld = 15

/** For how many days a closed request is listed. */
export const daysListed = 30

/** The task that each kind of request is an instance of. */
export const taskOf = {
  'enrol-level-3': 'issue-authenticator',
  'raise-identity-level': 'create-person',
  'give-duty': 'give-duty',
  'export-audit': 'export-audit',
  'add-client': 'manage-clients',
  'change-details': 'change-details',
  'close-person': 'close-person',
  'reopen-person': 'close-person',
  'assign-position': 'assign-position',
  'change-assignment': 'assign-position',
  'end-assignment': 'assign-position',
} as const satisfies Record<RequestKind, Task>

/** A moment so many hours from another. */
export const hoursAfter = (at: Date, hours: number): Date => new Date(at.getTime() + hours * 3_600_000)
