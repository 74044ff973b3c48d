import type { AuthenticatorKind, Channel, PlannedDevice } from '@fobwatch/contracts'
import { type Store, statement } from '@fobwatch/store'
import { isUsable } from '#authenticators'
import { hashOf, type Transaction } from '#kernel'
import type { Life } from './rules.ts'

export type { Store } from '@fobwatch/store'

/** How an invitation reached its person. */
export type HowIssued = 'in-person' | 'video' | 'link'

/** What an invitation is, whatever becomes of it. */
interface Terms {
  id: string
  channel: Channel
  /** What its issuer has in mind. */
  device: PlannedDevice | null
  mailed: boolean
}

/** An invitation of a person who may use it. */
export interface Invited extends Life, Terms {
  personId: string
  authenticatorId: string | null
  /** Who issued it (a person's row id), or nobody when the service itself did. */
  issuedBy: string | null
  issuedHow: HowIssued
  /** The most that what is set up with it can be worth. */
  maxLevel: number
  /** SHA-256 of the secret of the browser that used it. */
  spentIn: Buffer | null
  undoneAt: Date | null
}

export interface NewInvitation extends Terms {
  codeHash: Buffer
  personId: string
  issuedBy: string | null
  issuedWith: string | null
  how: HowIssued
  maxLevel: number
  createdAt: Date
  expiresAt: Date
}

/** A link, code or pass as the desk sees it. */
export interface SentRow extends Life, Terms {
  how: HowIssued
  createdAt: Date
}

/** One of them, with what is noted of it. */
export interface WatchedRow extends SentRow {
  /** When its short code was typed in, if it has one that was. */
  redeemedAt: Date | null
  wrongTries: number
  openedAt: Date | null
  boxAt: Date | null
  undoneAt: Date | null
  name: string | null
  kind: AuthenticatorKind | null
  assuranceLevel: number | null
}

const add = statement<
  [
    ...[id: string, codeHash: Buffer, personId: string, by: string | null, using: string | null, how: HowIssued],
    ...[at: Date, expiresAt: Date, level: number, channel: Channel, device: PlannedDevice | null, mailed: boolean],
  ]
>(
  'enrolment:add',
  `insert into invitation (id, code_hash, person_id, issued_by, issued_with, issued_how, created_at, expires_at, max_level,
     channel, device, mailed)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
)

const voidOpen = statement<[string, Date]>(
  'enrolment:void-open',
  'update invitation set voided_at = $2 where person_id = $1 and spent_at is null and voided_at is null',
)

// One that was used could be opened again by undoing what it set up.
const keepUsed = statement<[string, Date]>(
  'enrolment:keep-used',
  `update invitation set voided_at = $2
   where person_id = $1 and spent_at is not null and undone_at is null and voided_at is null`,
)

// One that was used could be opened again by undoing what it set up, once.
const voidAll = statement<[Date], { wasOpen: boolean }>(
  'enrolment:void-all',
  `update invitation set voided_at = $1
   where voided_at is null and expires_at > $1 and (spent_at is null or undone_at is null)
   returning spent_at is null as "wasOpen"`,
)

const voidByCode = statement<[Buffer, Date]>(
  'enrolment:void-by-code',
  'update invitation set voided_at = $2 where code_hash = $1 and spent_at is null and voided_at is null',
)

/** A link stands as long as whoever issued it does, and what they had logged in with: a thief's links go with the key. */
export const stands = (now: string) => `(i.issued_by is null or exists (
  select from person u join authenticator w on w.id = i.issued_with and ${isUsable('w', now)}
  where u.id = i.issued_by and u.status = 'active'))`
const expiry = `case when ${stands('$2')} then i.expires_at else i.created_at end as "expiresAt"`
const life = `i.spent_at as "spentAt", i.voided_at as "voidedAt", ${expiry}`
const terms = 'i.id, i.channel, i.device, i.mailed'

const invited = `
  select ${terms}, ${life}, i.person_id as "personId", i.authenticator_id as "authenticatorId", i.issued_by as "issuedBy",
    i.issued_how as "issuedHow", i.max_level as "maxLevel", i.spent_in as "spentIn", i.undone_at as "undoneAt"
  from invitation i join person p on p.id = i.person_id and p.status = 'active'`

const find = statement<[Buffer, Date], Invited>('enrolment:find', `${invited} where i.code_hash = $1`)
const findById = statement<[string, Date], Invited>('enrolment:find-by-id', `${invited} where i.id = $1`)

// Whatever becomes of a person waits until a device of theirs is set up, and then finds it, or goes first, and then
// nothing is set up. First the person and then what is theirs, as everywhere, so that no two wait for each other.
const lockPerson = statement<[string]>('enrolment:lock-person', 'select from person where id = $1 for no key update')

const spend = statement<[string, Date, string, Buffer | null]>(
  'enrolment:spend',
  `update invitation i set spent_at = $2, authenticator_id = $3, spent_in = $4
   where id = $1 and spent_at is null and voided_at is null and expires_at > $2 and ${stands('$2')}
     and exists (select from person p where p.id = i.person_id and p.status = 'active')`,
)

// From then on only the browser that knows the new secret can go on with it.
const undo = statement<[string, Buffer, Date, Buffer]>(
  'enrolment:undo',
  `update invitation i set spent_at = null, authenticator_id = null, code_hash = $4, undone_at = $3
   where id = $1 and spent_at is not null and spent_in = $2 and undone_at is null and voided_at is null and expires_at > $3`,
)

const noteOpened = statement<[string, Date]>(
  'enrolment:note-opened',
  'update invitation set opened_at = $2 where id = $1 and opened_at is null',
)

const noteBox = statement<[string, Date]>('enrolment:note-box', 'update invitation set box_at = $2 where id = $1')

const sent = `${terms}, ${life}, i.issued_how as how, i.created_at as "createdAt"`

const sentTo = statement<[string, Date], SentRow>(
  'enrolment:sent-to',
  `select ${sent} from invitation i where person_id = $1 order by created_at desc, id limit 10`,
)

const watch = statement<[string, Date, string], WatchedRow>(
  'enrolment:watch',
  `select ${sent}, i.redeemed_at as "redeemedAt", i.wrong_tries as "wrongTries", i.opened_at as "openedAt", i.box_at as "boxAt", i.undone_at as "undoneAt", a.name, a.kind,
     a.assurance_level as "assuranceLevel"
   from invitation i left join authenticator a on a.id = i.authenticator_id
   where i.person_id = $1 and i.id = $3`,
)

/** The room's first table: `invitation`. */
export const invitationStore = (store: Store) => ({
  add: (tx: Transaction, i: NewInvitation) =>
    store.run(
      add,
      [
        ...([i.id, i.codeHash, i.personId, i.issuedBy, i.issuedWith, i.how, i.createdAt, i.expiresAt] as const),
        ...([i.maxLevel, i.channel, i.device, i.mailed] as const),
      ],
      tx,
    ),
  /** How many were open. None that was used opens again from then on. */
  voidOpen: async (tx: Transaction, personId: string, at: Date) => {
    await store.run(keepUsed, [personId, at], tx)
    return store.run(voidOpen, [personId, at], tx)
  },
  /** How many were open, whosever they are. None that was used opens again from then on. */
  voidAll: async (tx: Transaction, at: Date) =>
    (await store.rows(voidAll, [at], tx)).filter(({ wasOpen }) => wasOpen).length,
  voidByCode: (tx: Transaction, { code }: { code: string }, at: Date) => store.run(voidByCode, [hashOf(code), at], tx),
  /** Nothing for a person who is suspended or closed, as if there were no such code. */
  find: (codeHash: Buffer, at: Date, tx?: Transaction) => store.row(find, [codeHash, at], tx),
  findById: (id: string, at: Date) => store.row(findById, [id, at]),
  /** Locks a person until the transaction ends. */
  lockPerson: (tx: Transaction, personId: string) => store.run(lockPerson, [personId], tx),
  /** Whether this call, and no other, spent it. */
  spend: async (tx: Transaction, id: string, at: Date, authenticatorId: string, browserHash: Buffer | null) =>
    (await store.run(spend, [id, at, authenticatorId, browserHash], tx)) === 1,
  /** Whether this call, and no other, opened it again, under a new secret. */
  undo: async (tx: Transaction, id: string, browserHash: Buffer, at: Date, codeHash: Buffer) =>
    (await store.run(undo, [id, browserHash, at, codeHash], tx)) === 1,
  noteOpened: (id: string, at: Date) => store.run(noteOpened, [id, at]),
  noteBox: (id: string, at: Date) => store.run(noteBox, [id, at]),
  sentTo: (personId: string, at: Date) => store.rows(sentTo, [personId, at]),
  watch: (personId: string, id: string, at: Date) => store.row(watch, [personId, at, id]),
})

export type InvitationStore = ReturnType<typeof invitationStore>
