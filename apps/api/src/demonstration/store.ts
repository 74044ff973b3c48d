import { type Store, statement } from '@fobwatch/store'
import { isUsable } from '#authenticators'
import type { Transaction } from '#kernel'

export type { Store } from '@fobwatch/store'

interface KnownPerson {
  id: string
  staffId: string
  email: string
}

const findByEmail = statement<readonly [readonly string[]], KnownPerson>(
  'demonstration:find-by-email',
  'select id, staff_id as "staffId", email from person where email = any($1::text[])',
)

const userHandleOf = statement<[string], { userHandle: Buffer }>(
  'demonstration:user-handle',
  'select user_handle as "userHandle" from person where email = $1 and sandbox_only and status = \'active\'',
)

const knownCredentials = statement<readonly [readonly Buffer[]], { credentialId: Buffer }>(
  'demonstration:known-credentials',
  'select credential_id as "credentialId" from authenticator where credential_id = any($1::bytea[])',
)

const lockPersonas = statement<[]>(
  'demonstration:lock-personas',
  "select pg_advisory_xact_lock(hashtext('fobwatch:personas'))",
)

interface Holder extends KnownPerson {
  /** Whether what they have to log in with works, or may work again; null where there is nothing. */
  device: 'usable' | 'paused' | null
}

// One that is paused and has run out is over.
const active = statement<readonly [readonly string[], Date], Holder>(
  'demonstration:active',
  `select id, staff_id as "staffId", email, (
     select case when bool_or(${isUsable('a', '$2')}) then 'usable' else 'paused' end from authenticator a
     where a.person_id = p.id and a.status in ('active', 'suspended') and (a.expires_at is null or a.expires_at > $2)
     having count(*) > 0) as device
   from person p where email = any($1::text[]) and status = 'active'`,
)

/** The room owns no table: it reads those downstairs, and writes through their doors. */
export const demonstrationStore = (store: Store) => ({
  findByEmail: (emails: readonly string[], tx?: Transaction) => store.rows(findByEmail, [emails], tx),
  /** Until the transaction ends, nobody else sets up devices of personas. */
  lockPersonas: (tx: Transaction) => store.row(lockPersonas, [], tx),
  /** Of somebody of the sandbox. */
  userHandleOf: async (email: string) => (await store.row(userHandleOf, [email]))?.userHandle,
  /** Those of the credentials that are, or were, somebody's; in base64url. */
  knownCredentials: async (ids: readonly Buffer[]): Promise<ReadonlySet<string>> =>
    new Set((await store.rows(knownCredentials, [ids])).map(({ credentialId }) => credentialId.toString('base64url'))),
  /** Those of them who could log in, and what they have to do it with. */
  active: (emails: readonly string[], at: Date) => store.rows(active, [emails, at]),
})

export type DemonstrationStore = ReturnType<typeof demonstrationStore>
