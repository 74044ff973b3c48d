import type { AuthenticatorKind } from '@fobwatch/contracts'
import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import type { Held } from './rules.ts'

export type { Store } from '@fobwatch/store'

/** A credential that may be used now: it is active, and so is its person. */
export interface Credential {
  id: string
  personId: string
  publicKey: Buffer
  signCount: number
  backupEligible: boolean
  userHandle: Buffer
  assuranceLevel: number
  reasons: string[]
}

/** Whose a credential is or was, whatever its status. */
export interface Owner {
  id: string
  personId: string
}

/** An authenticator as its person sees it; removed ones are not among them. */
export interface Listed {
  id: string
  name: string
  kind: AuthenticatorKind
  aaguid: string
  assuranceLevel: number
  reasons: string[]
  status: 'active' | 'suspended'
  addedAt: Date
  lastUsedAt: Date | null
}

/** What options name. */
export interface Described {
  credentialId: Buffer
  transports: string[]
  status: 'active' | 'suspended'
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
  attestationTrust: string
  boundBy: string
  boundLevel: number
  name: string
  kind: AuthenticatorKind
  assuranceLevel: number
  reasons: string[]
  at: Date
}

const findCredential = statement<[Buffer], Credential>(
  'authenticators:find-credential',
  `select a.id, a.person_id as "personId", a.public_key as "publicKey", a.sign_count as "signCount",
     a.backup_eligible as "backupEligible", p.user_handle as "userHandle", a.assurance_level as "assuranceLevel", a.reasons
   from authenticator a join person p on p.id = a.person_id
   where a.credential_id = $1 and a.status = 'active' and p.status = 'active'`,
)

const findOwner = statement<[Buffer], Owner>(
  'authenticators:find-owner',
  'select id, person_id as "personId" from authenticator where credential_id = $1',
)

// A counter that stays at 0 is no counter (WebAuthn L3 §6.1.1); any other must grow. It has 32 bits, and no sign: bare,
// the comparison with 0 would make PostgreSQL read it as an integer of 31.
const recordUse = statement<[string, number, boolean, Date]>(
  'authenticators:record-use',
  `update authenticator set sign_count = $2::bigint, backup_state = $3, last_used_at = $4
   where id = $1 and status = 'active' and ((sign_count = 0 and $2::bigint = 0) or $2::bigint > sign_count)`,
)

const isActive = statement<[string], { id: string }>(
  'authenticators:is-active',
  `select id from authenticator where id = $1 and status = 'active'`,
)

const add = statement<
  [
    ...[id: string, personId: string, credentialId: Buffer, publicKey: Buffer, algorithm: number, signCount: number],
    ...[aaguid: string, transports: string[], backupEligible: boolean, backupState: boolean],
    ...[attestationFormat: string, attestationObject: Buffer, name: string, kind: string],
    ...[assuranceLevel: number, reasons: string[], at: Date],
    ...[attestationTrust: string, boundBy: string, boundLevel: number],
  ]
>(
  'authenticators:add',
  `insert into authenticator (id, person_id, credential_id, public_key, algorithm, sign_count, aaguid, transports,
     backup_eligible, backup_state, attestation_format, attestation_object, name, kind, assurance_level, reasons, created_at,
     attestation_trust, bound_by, bound_level)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
   on conflict (credential_id) do nothing`,
)

const listOf = statement<[string], Listed>(
  'authenticators:list-of',
  `select id, name, kind, aaguid, assurance_level as "assuranceLevel", reasons, status, created_at as "addedAt",
     last_used_at as "lastUsedAt"
   from authenticator where person_id = $1 and status <> 'revoked' order by created_at, id`,
)

const describedOf = statement<[string], Described>(
  'authenticators:described-of',
  `select credential_id as "credentialId", transports, status
   from authenticator where person_id = $1 and status <> 'revoked' order by created_at, id`,
)

// Whoever asks next waits until this transaction is over, and then sees what it left.
const lockOf = statement<[string], Held>(
  'authenticators:lock-of',
  `select id, status from authenticator where person_id = $1 and status <> 'revoked' order by id for update`,
)

const rename = statement<[string, string, string]>(
  'authenticators:rename',
  `update authenticator set name = $3 where id = $1 and person_id = $2 and status <> 'revoked'`,
)

const revoke = statement<[string, string, string, string, Date]>(
  'authenticators:revoke',
  `update authenticator set status = 'revoked', status_reason = $3, status_by = $4, status_at = $5
   where id = $1 and person_id = $2 and status <> 'revoked'`,
)

/** The room's table: `authenticator`. */
export const authenticatorStore = (store: Store) => ({
  findCredential: (credentialId: Buffer) => store.row(findCredential, [credentialId]),
  findOwner: (credentialId: Buffer) => store.row(findOwner, [credentialId]),
  /** Zero when the counter did not grow, or the authenticator is not active any more. */
  recordUse: (tx: Transaction, id: string, signCount: number, backupState: boolean, at: Date) =>
    store.run(recordUse, [id, signCount, backupState, at], tx),
  isActive: async (tx: Transaction, id: string) => (await store.row(isActive, [id], tx)) !== undefined,
  /** Zero when somebody holds the credential, or held it before it was removed. */
  add: (tx: Transaction, a: NewAuthenticator) =>
    store.run(
      add,
      [
        ...([a.id, a.personId, a.credentialId, a.publicKey, a.algorithm, a.signCount] as const),
        ...([a.aaguid, a.transports, a.backupEligible, a.backupState] as const),
        ...([a.attestationFormat, a.attestationObject, a.name, a.kind, a.assuranceLevel, a.reasons, a.at] as const),
        ...([a.attestationTrust, a.boundBy, a.boundLevel] as const),
      ],
      tx,
    ),
  listOf: (personId: string, tx?: Transaction) => store.rows(listOf, [personId], tx),
  describedOf: (personId: string) => store.rows(describedOf, [personId]),
  /** Locks a person's authenticators until the transaction ends. */
  lockOf: (tx: Transaction, personId: string) => store.rows(lockOf, [personId], tx),
  /** Zero when the person has no such authenticator. */
  rename: (tx: Transaction, id: string, personId: string, name: string) => store.run(rename, [id, personId, name], tx),
  /** Zero when the person has no such authenticator. The public key is kept, so that old signatures can be checked. */
  revoke: (tx: Transaction, id: string, personId: string, reason: string, by: string, at: Date) =>
    store.run(revoke, [id, personId, reason, by, at], tx),
})

export type AuthenticatorStore = ReturnType<typeof authenticatorStore>
