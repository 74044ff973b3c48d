import { type Store, statement } from '@fobwatch/store'
import { isUsable } from '#authenticators'
import type { Transaction } from '#kernel'
import type { Life } from './rules.ts'

export type { Store } from '@fobwatch/store'

/** How an invitation reached its person. */
export type HowIssued = 'in-person' | 'video' | 'link'

/** An invitation of a person who may use it. */
export interface Invited extends Life {
  id: string
  personId: string
  authenticatorId: string | null
  /** Who issued it (a person's row id), or nobody when the service itself did. */
  issuedBy: string | null
  issuedHow: HowIssued
  /** The most that what is set up with it can be worth. */
  maxLevel: number
}

export interface NewInvitation {
  id: string
  codeHash: Buffer
  personId: string
  issuedBy: string | null
  issuedWith: string | null
  how: HowIssued
  maxLevel: number
  createdAt: Date
  expiresAt: Date
}

/** A link as the desk sees it. */
export interface SentRow extends Life {
  id: string
  createdAt: Date
}

const add = statement<[string, Buffer, string, string | null, string | null, HowIssued, Date, Date, number]>(
  'enrolment:add',
  `insert into invitation (id, code_hash, person_id, issued_by, issued_with, issued_how, created_at, expires_at, max_level)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
)

const voidOpen = statement<[string, Date]>(
  'enrolment:void-open',
  'update invitation set voided_at = $2 where person_id = $1 and spent_at is null and voided_at is null',
)

// A link stands as long as whoever issued it does, and what they had logged in with: a thief's links go with the key.
const stands = `(i.issued_by is null or exists (
  select from person u join authenticator w on w.id = i.issued_with and ${isUsable('w', '$2')}
  where u.id = i.issued_by and u.status = 'active'))`
const expiry = `case when ${stands} then i.expires_at else i.created_at end as "expiresAt"`

const find = statement<[Buffer, Date], Invited>(
  'enrolment:find',
  `select i.id, i.person_id as "personId", i.authenticator_id as "authenticatorId", i.spent_at as "spentAt",
     i.voided_at as "voidedAt", ${expiry}, i.issued_by as "issuedBy", i.issued_how as "issuedHow", i.max_level as "maxLevel"
   from invitation i join person p on p.id = i.person_id and p.status = 'active'
   where i.code_hash = $1`,
)

const spend = statement<[string, Date, string]>(
  'enrolment:spend',
  `update invitation i set spent_at = $2, authenticator_id = $3
   where id = $1 and spent_at is null and voided_at is null and expires_at > $2 and ${stands}
     and exists (select from person p where p.id = i.person_id and p.status = 'active')`,
)

const sentTo = statement<[string, Date], SentRow>(
  'enrolment:sent-to',
  `select i.id, i.created_at as "createdAt", ${expiry}, i.spent_at as "spentAt", i.voided_at as "voidedAt"
   from invitation i where person_id = $1 order by created_at desc, id limit 10`,
)

/** The room's table: `invitation`. */
export const invitationStore = (store: Store) => ({
  add: (tx: Transaction, i: NewInvitation) =>
    store.run(
      add,
      [i.id, i.codeHash, i.personId, i.issuedBy, i.issuedWith, i.how, i.createdAt, i.expiresAt, i.maxLevel],
      tx,
    ),
  /** How many were open. */
  voidOpen: (tx: Transaction, personId: string, at: Date) => store.run(voidOpen, [personId, at], tx),
  /** Nothing for a person who is suspended or closed, as if there were no such code. */
  find: (codeHash: Buffer, at: Date, tx?: Transaction) => store.row(find, [codeHash, at], tx),
  /** Whether this call, and no other, spent it. */
  spend: async (tx: Transaction, id: string, at: Date, authenticatorId: string) =>
    (await store.run(spend, [id, at, authenticatorId], tx)) === 1,
  sentTo: (personId: string, at: Date) => store.rows(sentTo, [personId, at]),
})

export type InvitationStore = ReturnType<typeof invitationStore>
