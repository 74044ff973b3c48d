import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import type { NewPerson, Person } from './person.ts'

export type { Store } from '@fobwatch/store'

const columns = `id, staff_id as "staffId", user_handle as "userHandle", title, given_name as "givenName",
  middle_names as "middleNames", family_name as "familyName", email, status, identity_level as "identityLevel",
  sandbox_only as "sandboxOnly"`

const findPerson = statement<readonly [string], Person>(
  'people:find-person',
  `select ${columns} from person where id = $1`,
)

const findPersonByStaffId = statement<readonly [string], Person>(
  'people:find-person-by-staff-id',
  `select ${columns} from person where staff_id = $1`,
)

const addPerson = statement<
  readonly [
    ...[id: string, staffId: string, userHandle: Buffer, title: string | null, givenName: string],
    ...[middleNames: string | null, familyName: string, email: string | null, identityLevel: number],
    ...[provedBy: string | null, provedAt: Date | null, method: string | null, createdAt: Date],
    sandboxOnly: boolean,
  ],
  Person
>(
  'people:add-person',
  `insert into person (id, staff_id, user_handle, title, given_name, middle_names, family_name, email, identity_level,
     identity_proved_by, identity_proved_at, identity_method, created_at, sandbox_only)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
   on conflict (staff_id) do nothing returning ${columns}`,
)

/** The room's table: `person`. */
export const peopleStore = (store: Store) => ({
  findPerson: (id: string, tx?: Transaction) => store.row(findPerson, [id], tx),
  findPersonByStaffId: (staffId: string, tx?: Transaction) => store.row(findPersonByStaffId, [staffId], tx),
  /** Nothing when somebody has the staff id already. */
  addPerson: (
    tx: Transaction,
    keys: { id: string; staffId: string; userHandle: Buffer; createdAt: Date },
    person: NewPerson,
  ) =>
    store.row(
      addPerson,
      [
        keys.id,
        keys.staffId,
        keys.userHandle,
        person.title ?? null,
        person.givenName,
        person.middleNames ?? null,
        person.familyName,
        person.email ?? null,
        person.identityLevel,
        person.identityProvedBy ?? null,
        person.identityProvedAt ?? null,
        person.identityMethod ?? null,
        keys.createdAt,
        person.sandboxOnly ?? false,
      ],
      tx,
    ),
})

export type PeopleStore = ReturnType<typeof peopleStore>
