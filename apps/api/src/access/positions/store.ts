import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import type { Named } from '../role.ts'

const findOrganisation = statement<readonly [string], Named & { id: string }>(
  'access:find-organisation',
  'select id, code, name from organisation where code = $1',
)

const addOrganisation = statement<readonly [string, string, string, string | null]>(
  'access:add-organisation',
  'insert into organisation (id, code, name, parent_id) values ($1, $2, $3, $4)',
)

const findWorkgroup = statement<readonly [string], Named>(
  'access:find-workgroup',
  'select code, name from workgroup where code = $1',
)

const addWorkgroup = statement<readonly [string, string]>(
  'access:add-workgroup',
  'insert into workgroup (code, name) values ($1, $2)',
)

export interface NewOrganisation {
  /** ODS code. */
  code: string
  name: string
  /** The organisation that it is part of. */
  parentId?: string | undefined
}

/** A named access profile at an organisation. */
export interface NewPosition {
  organisationId: string
  name: string
  roleCode?: string | undefined
  dutyCode?: string | undefined
  areaOfWork?: Named | undefined
  /** Codes of activities that it grants beyond the job role's baseline. */
  activities?: readonly string[] | undefined
  /** Codes of workgroups. */
  workgroups?: readonly string[] | undefined
}

const findPosition = statement<readonly [string, string], { id: string }>(
  'access:find-position',
  'select id from position where organisation_id = $1 and name = $2',
)

const findDutyPosition = statement<readonly [string, string], { id: string }>(
  'access:find-duty-position',
  'select id from position where organisation_id = $1 and duty_code = $2 order by created_at, id limit 1',
)

const addPosition = statement<
  readonly [string, string, string, string | null, string | null, string | null, string | null, Date]
>(
  'access:add-position',
  `insert into position (id, organisation_id, name, role_code, duty_code, area_of_work, area_of_work_code, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
)

const grantActivities = statement<readonly [string, readonly string[]]>(
  'access:grant-activities',
  'insert into position_activity (position_id, activity_code) select $1::uuid, unnest($2::text[])',
)

const joinWorkgroups = statement<readonly [string, readonly string[]]>(
  'access:join-workgroups',
  'insert into position_workgroup (position_id, workgroup_code) select $1::uuid, unnest($2::text[])',
)

const findAffiliation = statement<readonly [string, string], { id: string }>(
  'access:find-affiliation',
  'select id from affiliation where person_id = $1 and organisation_id = $2',
)

const addAffiliation = statement<readonly [string, string, string, Date], { id: string }>(
  'access:add-affiliation',
  `insert into affiliation (id, person_id, organisation_id, created_at) values ($1, $2, $3, $4)
   on conflict do nothing returning id`,
)

const findPositionOrganisation = statement<readonly [string], { organisationId: string }>(
  'access:find-position-organisation',
  'select organisation_id as "organisationId" from position where id = $1',
)

/** A person in a position, from a start to an expiry. */
export interface NewAssignment {
  personId: string
  positionId: string
  startsAt: Date
  expiresAt?: Date | undefined
  /** Who assigned it (a person's row id); nobody when the service itself did. */
  assignedBy?: string | undefined
}

const addAssignment = statement<
  readonly [string, string, string, Date, Date | null, string | null, Date],
  { id: string }
>(
  'access:add-assignment',
  `insert into assignment (id, person_id, position_id, starts_at, expires_at, assigned_by, created_at)
   values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing returning id`,
)

/** Organisations and their positions, and who was put in them. */
export const positionStore = (store: Store) => ({
  findOrganisation: (code: string, tx?: Transaction) => store.row(findOrganisation, [code], tx),
  findWorkgroup: (tx: Transaction, code: string) => store.row(findWorkgroup, [code], tx),
  findPosition: async (tx: Transaction, organisationId: string, name: string) =>
    (await store.row(findPosition, [organisationId, name], tx))?.id,
  findDutyPosition: async (tx: Transaction, organisationId: string, dutyCode: string) =>
    (await store.row(findDutyPosition, [organisationId, dutyCode], tx))?.id,
  findAffiliation: async (tx: Transaction, personId: string, organisationId: string) =>
    (await store.row(findAffiliation, [personId, organisationId], tx))?.id,
  organisationOfPosition: async (tx: Transaction, positionId: string) =>
    (await store.row(findPositionOrganisation, [positionId], tx))?.organisationId,
  addOrganisation: (tx: Transaction, id: string, o: NewOrganisation) =>
    store.run(addOrganisation, [id, o.code, o.name, o.parentId ?? null], tx),
  addWorkgroup: (tx: Transaction, { code, name }: Named) => store.run(addWorkgroup, [code, name], tx),
  addPosition: async (tx: Transaction, id: string, p: NewPosition, at: Date) => {
    const area = [p.areaOfWork?.name ?? null, p.areaOfWork?.code ?? null] as const
    const row = [id, p.organisationId, p.name, p.roleCode ?? null, p.dutyCode ?? null, ...area, at] as const
    await store.run(addPosition, row, tx)
    await store.run(grantActivities, [id, p.activities ?? []], tx)
    await store.run(joinWorkgroups, [id, p.workgroups ?? []], tx)
  },
  /** Nothing when the id is taken, or the person is at the organisation already. */
  addAffiliation: async (tx: Transaction, id: string, personId: string, organisationId: string, at: Date) =>
    (await store.row(addAffiliation, [id, personId, organisationId, at], tx))?.id,
  /** Nothing when the id is taken. */
  addAssignment: async (tx: Transaction, id: string, a: NewAssignment, at: Date) => {
    const [expiresAt, assignedBy] = [a.expiresAt ?? null, a.assignedBy ?? null]
    return (await store.row(addAssignment, [id, a.personId, a.positionId, a.startsAt, expiresAt, assignedBy, at], tx))
      ?.id
  },
})

export type PositionStore = ReturnType<typeof positionStore>
