import type { Authenticator } from '@fobwatch/contracts'
import type { Access } from '#access'
import type { RecordAlone, RecordEvent } from '#audit'
import type { InTransaction, Now, Transaction } from '#kernel'
import type { DeskStore } from './store.ts'

/** Makes a link to set up a device. The code is in nobody's hands but the caller's: only its hash is kept. */
export type Invite = (
  tx: Transaction,
  invitation: {
    personId: string
    /** The agent (a person's row id); null when the service itself issues it. */
    issuedBy: string | null
    how: 'in-person' | 'video' | 'link'
    lifetimeMinutes: number
  },
) => Promise<{ code: string; expiresAt: Date }>

/** What this room's verbs are handed. */
export interface Deps {
  store: DeskStore
  now: Now
  inTransaction: InTransaction
  record: RecordEvent
  recordAlone: RecordAlone
  /** The origin that links point to. */
  issuer: string
  access: Pick<
    Access,
    'reachOf' | 'rolesOf' | 'rolesHeldBy' | 'findOrganisation' | 'findDutyPosition' | 'addPosition' | 'assign'
  >
  authenticators: { listOf: (personId: string) => Promise<Authenticator[]> }
  enrolment: {
    invite: Invite
    /** Voids the open links of a person. */
    voidInvitations: (tx: Transaction, personId: string) => Promise<unknown>
  }
}
