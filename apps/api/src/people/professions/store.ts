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

/** The room's other table: `professional_membership`. */
export const membershipStore = (store: Store) => ({
  of: (personId: string) => store.rows(membershipsOf, [personId]),
  keep: (tx: Transaction, personId: string, { body, number }: ProfessionalMembership, at: Date) =>
    store.run(keepMembership, [personId, body, number, at], tx),
})

export type MembershipStore = ReturnType<typeof membershipStore>
