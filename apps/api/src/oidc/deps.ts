import type { HeldRole } from '@fobwatch/contracts'
import type { FastifyBaseLogger } from 'fastify'
import type { Membership, Role } from '#access'
import type { RecordAlone, RecordEvent } from '#audit'
import type { GoesOn } from '#authenticators'
import type { Api, StoredClient } from '#clients'
import type { InTransaction, Now } from '#kernel'
import type { OutboundFetch } from '#outbound'
import type { Person, ProfessionalMembership } from '#people'
import type { Sessions } from '#sessions'
import type { KnownBrowser } from './limits/admit.ts'
import type { ClientLimits } from './limits/limit-clients.ts'
import type { SignInSeal } from './storage/sign-in-seal.ts'
import type { OidcStore } from './storage/store.ts'

/** What this room's files are handed. */
export interface OidcDeps {
  /** The origin that discovery is served under, and the `iss` of every token. */
  issuer: string
  store: OidcStore
  now: Now
  inTransaction: InTransaction
  record: RecordEvent
  recordAlone: RecordAlone
  isUnavailable: (error: unknown) => boolean
  /** 32 bytes: what the nonces of DPoP are derived from, at every instance alike. */
  dpopKey: Buffer
  /** Seals the sign-ins that are in progress in their browsers. */
  signIns: SignInSeal
  sessionCookieName: string
  sessionMaxMinutes: number
  sessions: Pick<
    Sessions,
    | 'lookAtSession'
    | 'findGrant'
    | 'limits'
    | 'noteUse'
    | 'findGrantOf'
    | 'joining'
    | 'hasJoined'
    | 'revokeGrant'
    | 'endSession'
    | 'signOut'
    | 'keepSignOut'
    | 'chooseRole'
  >
  /** Whether every rule that applies lets a session go on to an application without another assertion. */
  mayGoOn: (session: GoesOn) => Promise<boolean>
  /** Which of a person's ways to log in reach one of these classes, at an application. */
  waysThatDo: (personId: string, asked: { acrs: readonly string[]; clientId: string }) => Promise<readonly unknown[]>
  findClient: (id: string) => Promise<StoredClient | undefined>
  findApi: (clientId: string, resource: string) => Promise<Api | undefined>
  findPersonByStaffId: (staffId: string) => Promise<Person | undefined>
  findRole: (assignmentId: string) => Promise<Role | undefined>
  rolesHeldBy: (personId: string) => Promise<HeldRole[]>
  rolesOf: (personId: string) => Promise<Role[]>
  organisationsOf: (personId: string) => Promise<Membership[]>
  professionsOf: (personId: string) => Promise<ProfessionalMembership[]>
  limits: ClientLimits
  knownBrowser: KnownBrowser
  /** By which the keys of applications are fetched. */
  fetchOutbound: OutboundFetch
  log: Pick<FastifyBaseLogger, 'info' | 'error'>
}
