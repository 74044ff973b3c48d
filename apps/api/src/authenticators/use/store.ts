import type { AuthenticatorKind, AuthenticatorPolicy, PausedBecause } from '@fobwatch/contracts'
import { both, mapped, mustTouch, question, type Store, statement, step } from '@fobwatch/store'
import { belongs, type HeldRow, heldBy } from '#access'
import type { Binding, Trust, Verdict } from '#assurance'
import { isSandbox } from '#clients'
import type { Question, Step, Transaction } from '#kernel'
import { isUsable, trustIn } from '../store.ts'

/**
 * What has become of a credential; `person` when its person may not log in at all, and `sandbox` when they may, but not to
 * what asks.
 */
export type Standing = 'usable' | 'removed' | 'suspended' | 'expired' | 'person' | 'sandbox'

/** A credential whatever has become of it, with all that decides what an assertion by it is worth. */
export interface Credential {
  id: string
  personId: string
  publicKey: Buffer
  signCount: number
  backupEligible: boolean
  backupState: boolean
  userHandle: Buffer
  standing: Standing
  /** Why it is suspended, where it is. */
  pausedBecause: PausedBecause | null
  kind: AuthenticatorKind
  aaguid: string
  /** As judged when it was set up. */
  trust: Trust
  binding: Binding
  addedAt: Date
  lastUsedAt: Date | null
  /** Of its person. */
  staffId: string
  identityLevel: number
  /** Every policy that applies: the service's, of the person's organisations and all above, and the application's. */
  policies: AuthenticatorPolicy[]
}

/** What a credential is wanted for. */
export interface Sought {
  /** The application that asks, if one does. */
  clientId: string | null
  /** Whether the roles are wanted that whoever has it holds. */
  withRoles: boolean
  /** Is told what is found. */
  onFound: (credential: Credential) => void
}

/** A credential that was found, and the roles of whoever has it, where those were wanted. */
export interface Found extends Credential {
  roles: HeldRow[]
}

/** A credential with what options and its person call it. */
export interface NamedCredential extends Credential {
  credentialId: Buffer
  transports: string[]
  name: string
}

/** Whose a credential is or was, whatever its status. */
export interface Owner {
  id: string
  personId: string
}

/** A use of one, to be noted. */
export interface Use {
  /** Of the authenticator. */
  id: string
  /** As asserted: what is stored is this and nothing worked out from it. */
  signCount: number
  backupState: boolean
  /** What it is worth, by this use of it: what it shows and can reach from now on. */
  verdict: Pick<Verdict, 'level' | 'reasons'>
  at: Date
}

// One question, whatever the answer, so that signing in costs no more for a credential that nobody has. `union` ends a tree
// of organisations that was tied into a circle.
const credential = (condition: string, besides = '') => `
  with recursive found as (
    select a.*, p.user_handle, p.staff_id, p.identity_level, p.status as person_status, p.sandbox_only
    from authenticator a join person p on p.id = a.person_id where ${condition}),
  above(id) as (
    select f.organisation_id from found join affiliation f on f.person_id = found.person_id and ${belongs('f', '$3')}
    union select o.parent_id from above join organisation o on o.id = above.id where o.parent_id is not null)
  select id, person_id as "personId", public_key as "publicKey", sign_count as "signCount",
    backup_eligible as "backupEligible", backup_state as "backupState", user_handle as "userHandle",
    case when person_status <> 'active' then 'person' when status = 'revoked' then 'removed'
      when status = 'expired' or expires_at <= $3 then 'expired' when status = 'suspended' then 'suspended'
      when sandbox_only and not exists (select from client c where c.id = $2 and ${isSandbox('c')}) then 'sandbox'
      else 'usable' end as standing,
    case when status = 'suspended' then status_reason end as "pausedBecause", kind, aaguid,
    created_at as "addedAt", last_used_at as "lastUsedAt",
    ${trustIn('found')} as trust,
    json_build_object('by', bound_by, 'level', bound_level) as binding, identity_level as "identityLevel",
    staff_id as "staffId",
    (select coalesce(json_agg(q.policy), '[]') from authenticator_policy q
     where q.scope = 'service' or (q.scope = 'organisation' and q.scope_id in (select above.id::text from above))
       or (q.scope = 'client' and q.scope_id = $2)) as policies${besides}
  from found`

const findCredential = statement<[Buffer, string | null, Date], Credential>(
  'authenticators:find-credential',
  credential('a.credential_id = $1'),
)

const rolesOfOwner = statement<[Buffer, Date], HeldRow>(
  'authenticators:roles-of-owner',
  heldBy('(select person_id from authenticator where credential_id = $1)'),
)

const findById = statement<[string, string | null, Date], Credential>(
  'authenticators:find-by-id',
  credential('a.id = $1'),
)

const findOf = statement<[string, string | null, Date], NamedCredential>(
  'authenticators:find-of',
  `${credential('a.person_id = $1', ', credential_id as "credentialId", transports, name')} order by created_at, id`,
)

const findOwner = statement<[Buffer], Owner>(
  'authenticators:find-owner',
  'select id, person_id as "personId" from authenticator where credential_id = $1',
)

type UseParams = [id: string, signCount: number, backupState: boolean, at: Date, level: number, reasons: string[]]

const paramsOf = ({ id, signCount, backupState, at, verdict }: Use): UseParams => [
  id,
  signCount,
  backupState,
  at,
  verdict.level,
  verdict.reasons,
]

// A counter that stays at 0 is no counter (WebAuthn L3 §6.1.1); any other must grow. It has 32 bits, and no sign: bare,
// the comparison with 0 would make PostgreSQL read it as an integer of 31.
const recordingUse = `update authenticator set sign_count = $2::bigint, backup_state = $3, last_used_at = $4, assurance_level = $5, reasons = $6
   where id = $1 and ${isUsable('authenticator', '$4')} and ((sign_count = 0 and $2::bigint = 0) or $2::bigint > sign_count)`

const recordUse = statement<UseParams>('authenticators:record-use', recordingUse)
const recordUseOrStop = statement<UseParams>('authenticators:record-use-or-stop', mustTouch(recordingUse))

const isUsableNow = statement<[string, Date], { id: string }>(
  'authenticators:is-usable',
  `select id from authenticator where id = $1 and ${isUsable('authenticator', '$2')}`,
)

/** What a use of one asks, and what it leaves behind. */
export const useStore = (store: Store) => ({
  /** @param clientId the application that asks, if one does */
  findCredential: (
    credentialId: Buffer,
    { clientId, withRoles, onFound }: Sought,
    at: Date,
  ): Question<Found | undefined> => {
    const found = question(findCredential, [credentialId, clientId, at], ({ rows: [row] }) => {
      if (row) onFound(row)
      return row
    })
    const roles = question(rolesOfOwner, [credentialId, at], ({ rows }) => rows)
    return withRoles
      ? mapped(both(found, roles), ([row, roles]) => row && { ...row, roles })
      : mapped(found, (row) => row && { ...row, roles: [] })
  },
  findById: (id: string, clientId: string | null, at: Date) => store.row(findById, [id, clientId, at]),
  /** All that a person has or had. */
  findOf: (personId: string, clientId: string | null, at: Date) => store.rows(findOf, [personId, clientId, at]),
  findOwner: (credentialId: Buffer) => store.row(findOwner, [credentialId]),
  /** Zero when the counter did not grow, or the authenticator is not active any more. */
  recordUse: (tx: Transaction, use: Use) => store.run(recordUse, paramsOf(use), tx),
  /** The same, as a step that undoes all that it is sent with where it would be zero. */
  recordUseOrStop: (use: Use): Step => step(recordUseOrStop, paramsOf(use)),
  isUsable: async (tx: Transaction, id: string, at: Date) => (await store.row(isUsableNow, [id, at], tx)) !== undefined,
})

export type UseStore = ReturnType<typeof useStore>
