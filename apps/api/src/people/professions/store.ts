import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import type { ProfessionalMembership } from './membership.ts'

const membershipsOf = statement<readonly [string], ProfessionalMembership>(
  'people:memberships-of',
  'select body, number from professional_membership where person_id = $1 order by body',
)

const keepMembership = statement<readonly [string, string, string, Date]>(
  'people:keep-membership',
  `insert into professional_membership (person_id, body, number, created_at) values ($1, $2, $3, $4)
   on conflict (person_id, body) do update set number = excluded.number`,
)

const removeMembership = statement<readonly [string, string], { number: string }>(
  'people:remove-membership',
  'delete from professional_membership where person_id = $1 and body = $2 returning number',
)

const removeMemberships = statement<readonly [string]>(
  'people:remove-memberships',
  'delete from professional_membership where person_id = $1',
)

/** The room's table: `professional_membership`. */
export const membershipStore = (store: Store) => ({
  of: (personId: string) => store.rows(membershipsOf, [personId]),
  keep: (tx: Transaction, personId: string, { body, number }: ProfessionalMembership, at: Date) =>
    store.run(keepMembership, [personId, body, number, at], tx),
  /** @returns the number that was there */
  remove: async (tx: Transaction, personId: string, body: string) =>
    (await store.row(removeMembership, [personId, body], tx))?.number,
  removeAll: (tx: Transaction, personId: string) => store.run(removeMemberships, [personId], tx),
})

export type MembershipStore = ReturnType<typeof membershipStore>
