import type { AuthenticatorKind, AuthenticatorPolicy } from '@fobwatch/contracts'
import { type Store, statement, type Transaction } from '@fobwatch/store'
import { belongs } from '#access'
import type { Binding, Trust } from '#assurance'
import { isUsable, trustIn } from '../store.ts'
import type { PolicyOf } from './place.ts'

export type { Store } from '@fobwatch/store'

export interface PolicyRow extends PolicyOf {
  policy: AuthenticatorPolicy
  version: number
  updatedAt: Date
}

/** Somebody who may log in, with all that they could log in with and all the policies that apply to them. */
export interface PersonRow {
  personId: string
  staffId: string
  givenName: string
  familyName: string
  identityLevel: number
  /** Times are text here, as JSON has them. */
  authenticators: {
    kind: AuthenticatorKind
    aaguid: string
    backupEligible: boolean
    backupState: boolean
    trust: Trust
    binding: Binding
    addedAt: string
    lastUsedAt: string | null
  }[]
  policies: (PolicyOf & { policy: AuthenticatorPolicy })[]
}

const columns = 'scope, scope_id as "scopeId", policy, version, updated_at as "updatedAt"'

const list = statement<[], PolicyRow>(
  'policies:list',
  `select ${columns} from authenticator_policy
   order by array_position(array['service', 'organisation', 'client'], scope), scope_id`,
)

const find = statement<[string, string], PolicyRow>(
  'policies:find',
  `select ${columns} from authenticator_policy where scope = $1 and scope_id = $2`,
)

// Policies add up: whom one would lock out depends on the others, so that they change one after another.
const lock = statement<[], object>('policies:lock', "select pg_advisory_xact_lock(hashtext('fobwatch:policies'))")

const save = statement<[string, string, string, number, string | null, Date]>(
  'policies:save',
  `insert into authenticator_policy (scope, scope_id, policy, version, updated_by, updated_at) values ($1, $2, $3, $4, $5, $6)
   on conflict (scope, scope_id) do update set policy = excluded.policy, version = excluded.version,
     updated_by = excluded.updated_by, updated_at = excluded.updated_at
   where authenticator_policy.version = excluded.version - 1`,
)

// A page of the people whom a policy may concern: of the organisation ($1) and all below it, or everybody where it is null.
// `union` ends a tree of organisations that was tied into a circle.
const page = statement<[string | null, string | null, string, number, Date], PersonRow>(
  'policies:page',
  `with recursive below(id) as (
     select $1::uuid where $1 is not null
     union select o.id from below join organisation o on o.parent_id = below.id),
   page as (
     select p.* from person p
     where p.status = 'active' and p.id > $3
       and ($1 is null or exists (
         select from affiliation f join below on below.id = f.organisation_id
         where f.person_id = p.id and ${belongs('f', '$5')}))
       and exists (select from authenticator a where a.person_id = p.id and ${isUsable('a', '$5')})
     order by p.id limit $4),
   above(person_id, id) as (
     select f.person_id, f.organisation_id from page join affiliation f on f.person_id = page.id and ${belongs('f', '$5')}
     union select above.person_id, o.parent_id from above join organisation o on o.id = above.id
       where o.parent_id is not null)
   select page.id as "personId", staff_id as "staffId", given_name as "givenName", family_name as "familyName",
     identity_level as "identityLevel",
     (select json_agg(json_build_object('kind', a.kind, 'aaguid', a.aaguid, 'backupEligible', a.backup_eligible,
        'backupState', a.backup_state, 'trust', ${trustIn('a')},
        'binding', json_build_object('by', a.bound_by, 'level', a.bound_level), 'addedAt', a.created_at,
        'lastUsedAt', a.last_used_at))
      from authenticator a where a.person_id = page.id and ${isUsable('a', '$5')}) as authenticators,
     (select coalesce(json_agg(json_build_object('scope', q.scope, 'scopeId', q.scope_id, 'policy', q.policy)), '[]')
      from authenticator_policy q
      where q.scope = 'service' or (q.scope = 'client' and q.scope_id = $2) or (q.scope = 'organisation'
        and q.scope_id in (select above.id::text from above where above.person_id = page.id))) as policies
   from page order by page.id`,
)

/** Before every id that there is. */
const first = '00000000-0000-0000-0000-000000000000'

/** The table `authenticator_policy`, and the people and authenticators that a policy may concern. */
export const policyStore = (store: Store) => ({
  list: () => store.rows(list, []),
  find: ({ scope, scopeId }: PolicyOf, tx?: Transaction) => store.row(find, [scope, scopeId], tx),
  /** Keeps every policy as it is until the transaction ends. */
  lock: (tx: Transaction) => store.row(lock, [], tx),
  /** Zero when the version before is not the one that was expected. */
  save: (tx: Transaction, row: PolicyRow & { updatedBy: string | null }) =>
    store.run(
      save,
      [row.scope, row.scopeId, JSON.stringify(row.policy), row.version, row.updatedBy, row.updatedAt],
      tx,
    ),
  /** The next people whom a policy may concern, in the order of their ids. */
  page: ({ scope, scopeId }: PolicyOf, after: string | undefined, limit: number, at: Date, tx?: Transaction) => {
    const organisation = scope === 'organisation' ? scopeId : null
    const client = scope === 'client' ? scopeId : null
    return store.rows(page, [organisation, client, after ?? first, limit, at], tx)
  },
})

export type PolicyStore = ReturnType<typeof policyStore>
