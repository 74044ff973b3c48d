import type { Access } from '#access'
import type { Assurance } from '#assurance'
import type { RecordEvent } from '#audit'
import type { NewClient } from '#clients'
import type { Enrolment } from '#enrolment'
import type { InTransaction, Now, Transaction } from '#kernel'
import type { Mail } from '#mail'
import type { People } from '#people'
import type { RegistrationAuthority } from '#registration-authority'
import type { DemonstrationStore } from './store.ts'

/** What this room's verbs are handed. */
export interface Deps {
  store: DemonstrationStore
  now: Now
  inTransaction: InTransaction
  record: RecordEvent
  people: Pick<People, 'addPerson' | 'keepMembership'>
  access: Pick<
    Access,
    | 'loadCatalogue'
    | 'findOrganisation'
    | 'addOrganisation'
    | 'findWorkgroup'
    | 'addWorkgroup'
    | 'findPosition'
    | 'addPosition'
    | 'affiliate'
    | 'assign'
  >
  clients: {
    registerClient: (tx: Transaction, client: NewClient) => Promise<void>
    findAnyClient: (id: string) => Promise<object | undefined>
  }
  enrolment: Pick<Enrolment, 'begin' | 'finish'>
  addAnchor: Assurance['addAnchor']
  /** The origin and the RP ID that passkeys are for. */
  issuer: string
  rpId: string
  /** 32 bytes, from which the passkeys of personas are worked out. */
  personaKey: Uint8Array
  newestLetters: Mail['newestLetters']
  registrationAuthority: Pick<RegistrationAuthority, 'inviteByCommand' | 'hasManager'>
}
