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

const withoutWay = statement<readonly [readonly string[], Date], KnownPerson>(
  'demonstration:without-way',
  `select id, staff_id as "staffId", email from person p where email = any($1::text[]) and status = 'active'
     and not exists (select from authenticator a where a.person_id = p.id and ${isUsable('a', '$2')})`,
)

/** The room owns no table: it reads those downstairs, and writes through their doors. */
export const demonstrationStore = (store: Store) => ({
  findByEmail: (emails: readonly string[], tx?: Transaction) => store.rows(findByEmail, [emails], tx),
  /** Those of them who could log in, had they an authenticator to use. */
  withoutWay: (emails: readonly string[], at: Date) => store.rows(withoutWay, [emails, at]),
})

export type DemonstrationStore = ReturnType<typeof demonstrationStore>
