import { isUniqueViolation, type Store, statement } from '@fobwatch/store'
import { Refusal, type Transaction } from '#kernel'
import type { Details, NewPerson, Person } from './person.ts'

export type { Store } from '@fobwatch/store'

const columns = `id, staff_id as "staffId", user_handle as "userHandle", title, given_name as "givenName",
  middle_names as "middleNames", family_name as "familyName", to_char(birth_date, 'YYYY-MM-DD') as "birthDate", email,
  phone, external_id as "externalId", status, status_because as "statusBecause", status_note as "statusNote",
  status_by as "statusBy", status_at as "statusAt", identity_level as "identityLevel",
  identity_proved_by as "identityProvedBy", identity_proved_at as "identityProvedAt",
  identity_method as "identityMethod", sandbox_only as "sandboxOnly", version, created_at as "createdAt",
  updated_at as "updatedAt", erased_at as "erasedAt"`

const findPerson = statement<readonly [string], Person>(
  'people:find-person',
  `select ${columns} from person where id = $1`,
)

const findPersonByStaffId = statement<readonly [string], Person>(
  'people:find-person-by-staff-id',
  `select ${columns} from person where staff_id = $1`,
)

const findPersonByExternalId = statement<readonly [string], Person>(
  'people:find-person-by-external-id',
  `select ${columns} from person where external_id = $1`,
)

type Name = readonly [string | null, string, string | null, string]
type Contact = readonly [string | null, string | null, string | null, string | null]

const addPerson = statement<
  readonly [
    ...[id: string, staffId: string, userHandle: Buffer, createdAt: Date],
    ...[...Name, ...Contact],
    ...[identityLevel: number, provedBy: string | null, provedAt: Date | null, method: string | null],
    sandboxOnly: boolean,
  ],
  Person
>(
  'people:add-person',
  `insert into person (id, staff_id, user_handle, created_at, updated_at, title, given_name, middle_names, family_name,
     birth_date, email, phone, external_id, identity_level, identity_proved_by, identity_proved_at, identity_method,
     sandbox_only)
   values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9::date, $10, $11, $12, $13, $14, $15, $16, $17)
   on conflict (staff_id) do nothing returning ${columns}`,
)

const changePerson = statement<readonly [id: string, version: number, Date, ...Name, ...Contact], { version: number }>(
  'people:change-person',
  `update person set version = version + 1, updated_at = $3, title = $4, given_name = $5, middle_names = $6,
     family_name = $7, birth_date = $8::date, email = $9, phone = $10, external_id = $11
   where id = $1 and version = $2 and erased_at is null returning version`,
)

const changeStatus = statement<
  readonly [
    id: string,
    from: readonly string[],
    to: string,
    because: string | null,
    note: string | null,
    by: string | null,
    Date,
  ]
>(
  'people:change-status',
  `update person set status = $3, status_because = $4, status_note = $5, status_by = $6, status_at = $7,
     version = version + 1, updated_at = $7
   where id = $1 and status = any($2::text[]) and erased_at is null`,
)

const raiseLevel = statement<readonly [id: string, level: number, by: string | null, Date, method: string]>(
  'people:raise-level',
  `update person set identity_level = $2, identity_proved_by = $3, identity_proved_at = $4, identity_method = $5,
     version = version + 1, updated_at = $4
   where id = $1 and identity_level < $2 and status <> 'closed'`,
)

const erase = statement<readonly [id: string, Date]>(
  'people:erase',
  `update person set title = null, given_name = 'Erased', middle_names = null, family_name = 'person',
     birth_date = null, email = null, phone = null, external_id = null, status_note = null, erased_at = $2,
     version = version + 1, updated_at = $2
   where id = $1 and status = 'closed' and erased_at is null`,
)

const nameOf = (d: Pick<Details, 'givenName' | 'familyName'> & Partial<NewPerson>): Name => [
  d.title ?? null,
  d.givenName,
  d.middleNames ?? null,
  d.familyName,
]
const contactOf = (d: Partial<NewPerson>): Contact => [
  d.birthDate ?? null,
  d.email ?? null,
  d.phone ?? null,
  d.externalId ?? null,
]

/** Whoever has the HR system's number already is a refusal, and no fault of ours. */
const withFreeExternalId = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    throw isUniqueViolation(error, 'person_external_id_key') ? new Refusal('external_id_taken', error) : error
  }
}

/** The room's table: `person`. */
export const peopleStore = (store: Store) => ({
  findPerson: (id: string, tx?: Transaction) => store.row(findPerson, [id], tx),
  findPersonByStaffId: (staffId: string, tx?: Transaction) => store.row(findPersonByStaffId, [staffId], tx),
  findPersonByExternalId: (externalId: string, tx?: Transaction) => store.row(findPersonByExternalId, [externalId], tx),
  /** Nothing when somebody has the staff id already. */
  addPerson: (
    tx: Transaction,
    keys: { id: string; staffId: string; userHandle: Buffer; createdAt: Date },
    person: NewPerson,
  ) => {
    const proof = [
      person.identityLevel,
      person.identityProvedBy ?? null,
      person.identityProvedAt ?? null,
      person.identityMethod ?? null,
    ] as const
    const { id, staffId, userHandle, createdAt } = keys
    const row = [id, staffId, userHandle, createdAt, ...nameOf(person), ...contactOf(person)] as const
    return withFreeExternalId(store.row(addPerson, [...row, ...proof, person.sandboxOnly ?? false], tx))
  },
  /** Nothing when the row is at another version, or erased. */
  changePerson: async (tx: Transaction, id: string, version: number, details: Details, at: Date) =>
    (
      await withFreeExternalId(
        store.row(changePerson, [id, version, at, ...nameOf(details), ...contactOf(details)], tx),
      )
    )?.version,
  /** @returns whether the status was one of those */
  changeStatus: async (
    tx: Transaction,
    id: string,
    { from, to }: { from: readonly string[]; to: string },
    why: { because: string | null; note: string | null; by: string | null },
    at: Date,
  ) => (await store.run(changeStatus, [id, from, to, why.because, why.note, why.by, at], tx)) === 1,
  /** @returns whether the level was lower */
  raiseLevel: async (tx: Transaction, id: string, level: number, by: string | null, at: Date, method: string) =>
    (await store.run(raiseLevel, [id, level, by, at, method], tx)) === 1,
  /** @returns whether there was somebody closed to erase */
  erase: async (tx: Transaction, id: string, at: Date) => (await store.run(erase, [id, at], tx)) === 1,
})

export type PeopleStore = ReturnType<typeof peopleStore>
