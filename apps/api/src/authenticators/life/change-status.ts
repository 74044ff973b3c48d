import type { EventType } from '#audit'
import type { AuthenticatorChange, ClosedWhy, Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import type { Status } from '../rules.ts'

/** Who changes an authenticator, and in what capacity; the service itself, and whoever runs it, are nobody's row. */
export interface By {
  as: 'holder' | 'desk' | 'command' | 'service'
  /** A person's row id. */
  actor: string | null
  /** What they wrote beside it. */
  note?: string | undefined
  requestId?: string | undefined
}

/** One change of status. */
export interface Change {
  id: string
  personId: string
  /** Why, in one word. */
  because: string | null
  by: By
}

interface Kind {
  from: readonly Status[]
  to: Status
  /** Whether it is done because the time of expiry has come, or only before it has; both when it is left out. */
  overdue?: boolean
  event: EventType
  told: AuthenticatorChange
  /** Why the sessions that it opened end. */
  ends?: ClosedWhy
}

/** Every change of status there is: from what to what, what is recorded and what is told. Nothing leads back to life but one. */
const kinds = {
  suspend: {
    ...{ from: ['active'], to: 'suspended', overdue: false, event: 'authenticator-suspended', told: 'suspended' },
    ends: 'authenticator-suspended',
  },
  // The desk makes its own what a holder or the service paused, so that it alone ends the pause.
  'take-over': {
    ...{ from: ['active', 'suspended'], to: 'suspended', overdue: false, event: 'authenticator-suspended' },
    ...{ told: 'suspended', ends: 'authenticator-suspended' },
  },
  reinstate: {
    ...{ from: ['suspended'], to: 'active', overdue: false, event: 'authenticator-reinstated', told: 'reinstated' },
  },
  revoke: {
    ...{ from: ['active', 'suspended', 'expired'], to: 'revoked', event: 'authenticator-revoked', told: 'revoked' },
    ends: 'authenticator-revoked',
  },
  remove: {
    ...{ from: ['active', 'suspended', 'expired'], to: 'revoked', event: 'authenticator-removed', told: 'revoked' },
    ends: 'authenticator-revoked',
  },
  expire: {
    ...{ from: ['active', 'suspended'], to: 'expired', overdue: true, event: 'authenticator-expired', told: 'expired' },
    ends: 'authenticator-expired',
  },
} as const satisfies Record<string, Kind>

/**
 * Changes the status of an authenticator by one compare-and-set, ends what it may not hold open any more, records it and
 * tells of it: all in the deed's transaction.
 * @param details for the record, besides
 * @returns whether it was changed; not when it has a status that this does not lead from
 */
export const changeStatus = async (
  deps: Pick<Deps, 'store' | 'now' | 'endSessionsOf' | 'publish' | 'record'>,
  tx: Transaction,
  how: keyof typeof kinds,
  { id, personId, because, by }: Change,
  details: { last?: boolean } = {},
): Promise<boolean> => {
  const kind: Kind = kinds[how]
  const at = deps.now()
  const changed = await deps.store.changeStatus(tx, {
    ...{ id, personId, from: kind.from, to: kind.to, overdue: kind.overdue ?? null },
    ...{ because, note: by.note ?? null, by: by.actor, at },
  })
  if (changed === 0) return false

  const sessions = kind.ends ? await deps.endSessionsOf(tx, id, kind.ends) : 0
  await deps.record(tx, {
    type: kind.event,
    ...{ actor: by.actor, person: personId, requestId: by.requestId },
    details: { authenticator: id, because, as: by.as, sessions, ...details },
    ...(by.note && { personal: { note: by.note } }),
  })
  await tellOf(deps, tx, { authenticator: id, person: personId, change: kind.told, reason: because, at })
  return true
}

interface Told {
  authenticator: string
  person: string
  change: AuthenticatorChange
  reason: string | null
  at: Date
}

/** Publishes what became of an authenticator, so that its holder is told by another way than the device. */
export const tellOf = ({ publish }: Pick<Deps, 'publish'>, tx: Transaction, { at, ...told }: Told): Promise<void> =>
  publish(tx, { kind: 'authenticator-changed', ...told, at: at.toISOString() })
