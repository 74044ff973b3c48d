import type { Authenticator, AuthenticatorKind, AuthenticatorPolicy, PausedBecause } from '@fobwatch/contracts'
import { type Store, statement } from '@fobwatch/store'
import { type Binding, type Trust, toLevel } from '#assurance'
import type { Transaction } from '#kernel'

export type { Store } from '@fobwatch/store'

/** An authenticator as its person sees it; removed ones are not among them. */
export interface Listed {
  id: string
  name: string
  kind: AuthenticatorKind
  aaguid: string
  assuranceLevel: number
  reasons: string[]
  status: Authenticator['status']
  because: PausedBecause | null
  changedAt: Date | null
  /** Who gave it its status (a person's row id), if anybody did. */
  changedBy: string | null
  note: string | null
  expiresAt: Date | null
  boundBy: Authenticator['boundBy']
  addedAt: Date
  lastUsedAt: Date | null
}

/** What options name. */
export interface Described {
  credentialId: Buffer
  transports: string[]
  assuranceLevel: number
  status: Authenticator['status']
}

export interface NewAuthenticator {
  id: string
  personId: string
  credentialId: Buffer
  publicKey: Buffer
  algorithm: number
  signCount: number
  aaguid: string
  transports: string[]
  backupEligible: boolean
  backupState: boolean
  attestationFormat: string
  attestationObject: Buffer
  trust: Trust
  binding: Binding
  name: string
  kind: AuthenticatorKind
  assuranceLevel: number
  reasons: string[]
  at: Date
}

/**
 * Whether an authenticator opens anything, in SQL: it is active and has not run out. Everything that rests on one asks so,
 * in every room, and nothing keeps the answer.
 * @param a the alias of the table, or its name
 * @param now the parameter that holds the time
 */
export const isUsable = (a: string, now: string): string =>
  `(${a}.status = 'active' and (${a}.expires_at is null or ${a}.expires_at > ${now}))`

/**
 * What stands behind an authenticator's maker, in SQL. An organisation's word counts while the anchor is there on which it
 * was given.
 * @param a the alias of the table, or its name
 */
export const trustIn = (a: string): string =>
  `case when exists (select from trust_anchor t
     where t.id = (${a}.trusted_facts->>'anchor')::uuid and t.removed_at is not null)
   then json_build_object('by', 'untrusted', 'facts', null)
   else json_build_object('by', ${a}.attestation_trust, 'facts', ${a}.trusted_facts) end`

/** One that has run out is over from that moment, though it is written down a little later. */
export const statusAt = (now: string) => `case when a.expires_at <= ${now} then 'expired' else a.status end as status`

// What applies where no application asks.
const policiesFor = statement<[readonly string[]], { policy: AuthenticatorPolicy }>(
  'authenticators:policies-for',
  `select policy from authenticator_policy
   where scope = 'service' or (scope = 'organisation' and scope_id = any($1::text[]))`,
)

const add = statement<
  [
    ...[id: string, personId: string, credentialId: Buffer, publicKey: Buffer, algorithm: number, signCount: number],
    ...[aaguid: string, transports: string[], backupEligible: boolean, backupState: boolean],
    ...[attestationFormat: string, attestationObject: Buffer, name: string, kind: string],
    ...[assuranceLevel: number, reasons: string[], at: Date],
    ...[attestationTrust: string, trustedFacts: string | null, boundBy: string, boundLevel: number],
  ]
>(
  'authenticators:add',
  `insert into authenticator (id, person_id, credential_id, public_key, algorithm, sign_count, aaguid, transports,
     backup_eligible, backup_state, attestation_format, attestation_object, name, kind, assurance_level, reasons, created_at,
     attestation_trust, trusted_facts, bound_by, bound_level)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
   on conflict (credential_id) do nothing`,
)

const listOf = statement<[string, Date], Listed>(
  'authenticators:list-of',
  `select a.id, a.name, a.kind, a.aaguid, a.assurance_level as "assuranceLevel", a.reasons, ${statusAt('$2')},
     case when a.status = 'suspended' and (a.expires_at is null or a.expires_at > $2) then a.status_reason end as because,
     case when a.expires_at <= $2 then a.expires_at else a.status_at end as "changedAt",
     a.status_by as "changedBy", a.status_note as note, a.expires_at as "expiresAt", a.bound_by as "boundBy",
     a.created_at as "addedAt", a.last_used_at as "lastUsedAt"
   from authenticator a where a.person_id = $1 and a.status <> 'revoked' order by a.created_at, a.id`,
)

const describedOf = statement<[string, Date], Described>(
  'authenticators:described-of',
  `select a.credential_id as "credentialId", a.transports, a.assurance_level as "assuranceLevel", ${statusAt('$2')}
   from authenticator a where a.person_id = $1 and a.status <> 'revoked' order by a.created_at, a.id`,
)

const highestLevelOf = statement<[string, Date], { level: number }>(
  'authenticators:highest-level-of',
  `select coalesce(max(a.assurance_level), 1) as level from authenticator a
   where a.person_id = $1 and ${isUsable('a', '$2')}`,
)

const rename = statement<[string, string, string]>(
  'authenticators:rename',
  `update authenticator set name = $3 where id = $1 and person_id = $2 and status <> 'revoked'`,
)

const told = statement<[string], { name: string; until: Date | null }>(
  'authenticators:told',
  'select name, expires_at as until from authenticator where id = $1',
)

/** The room's table: `authenticator`. */
export const authenticatorStore = (store: Store) => ({
  /** @param organisations ids */
  policiesFor: async (organisations: readonly string[], tx: Transaction) =>
    (await store.rows(policiesFor, [organisations], tx)).map(({ policy }) => policy),
  /** Zero when somebody holds the credential, or held it before it was removed. */
  add: (tx: Transaction, a: NewAuthenticator) =>
    store.run(
      add,
      [
        ...([a.id, a.personId, a.credentialId, a.publicKey, a.algorithm, a.signCount] as const),
        ...([a.aaguid, a.transports, a.backupEligible, a.backupState] as const),
        ...([a.attestationFormat, a.attestationObject, a.name, a.kind, a.assuranceLevel, a.reasons, a.at] as const),
        ...([a.trust.by, a.trust.facts && JSON.stringify(a.trust.facts), a.binding.by, a.binding.level] as const),
      ],
      tx,
    ),
  listOf: (personId: string, at: Date, tx?: Transaction) => store.rows(listOf, [personId, at], tx),
  describedOf: (personId: string, at: Date, tx?: Transaction) => store.rows(describedOf, [personId, at], tx),
  /** The highest level among those that a person can use. */
  highestLevelOf: async (personId: string, at: Date, tx?: Transaction) =>
    toLevel((await store.row(highestLevelOf, [personId, at], tx))?.level ?? 1),
  /** What its person is told of one, removed ones too. */
  told: (id: string) => store.row(told, [id]),
  /** Zero when the person has no such authenticator. */
  rename: (tx: Transaction, id: string, personId: string, name: string) => store.run(rename, [id, personId, name], tx),
})

export type AuthenticatorStore = ReturnType<typeof authenticatorStore>
