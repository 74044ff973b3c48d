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

const addWorkgroup = statement<readonly [string, string, string | null]>(
  'access:add-workgroup',
  'insert into workgroup (code, name, organisation_id) values ($1, $2, $3)',
)

export interface NewOrganisation {
  /** ODS code. */
  code: string
  name: string
  /** The organisation that it is part of. */
  parentId?: string | undefined
}

export interface NewWorkgroup extends Named {
  /** The organisation that it belongs to. */
  organisationId?: string | undefined
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
  notes?: string | undefined
  /** Whether sponsors give it without asking. */
  openedToSponsors?: boolean | undefined
  /** Who approved it (a person's row id); nobody when the service itself did. */
  approvedBy?: string | undefined
}

const findPosition = statement<readonly [string, string], { id: string }>(
  'access:find-position',
  'select id from position where organisation_id = $1 and name = $2',
)

const findDutyPosition = statement<readonly [string, string], { id: string }>(
  'access:find-duty-position',
  'select id from position where organisation_id = $1 and duty_code = $2 order by created_at, id limit 1',
)

type Text = string | null

const addPosition = statement<
  readonly [string, string, string, Text, Text, Text, Text, Date, Text, boolean, string | null]
>(
  'access:add-position',
  `insert into position (id, organisation_id, name, role_code, duty_code, area_of_work, area_of_work_code, created_at,
     notes, opened_to_sponsors, approved_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
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

/** Where a position is, and whether it is given to anybody still. */
export interface OpenPosition {
  organisationId: string
  retired: boolean
  closed: boolean
}

// Held as they are until the transaction ends, so that nobody is put in what is retired or closed meanwhile.
const holdPosition = statement<readonly [string], OpenPosition>(
  'access:hold-position',
  `select p.organisation_id as "organisationId", p.retired_at is not null as retired, o.closed_at is not null as closed
   from position p join organisation o on o.id = p.organisation_id where p.id = $1 for share`,
)

const holdOrganisation = statement<readonly [string], { closed: boolean }>(
  'access:hold-organisation',
  'select closed_at is not null as closed from organisation where id = $1 for share',
)

// Of two assignments of one position to one person, one ends before the other begins.
const isAssigned = statement<readonly [string, string, Date, Date | null], { found: boolean }>(
  'access:is-assigned',
  `select exists (select from assignment where person_id = $1 and position_id = $2 and ended_at is null
     and (expires_at is null or expires_at > $3) and ($4::timestamptz is null or starts_at < $4)) as found`,
)

const affiliateAgain = statement<readonly [string, readonly string[], Date]>(
  'access:affiliate-again',
  'update affiliation set created_at = $3 where person_id = $1 and organisation_id = any($2::uuid[])',
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
  holdPosition: (tx: Transaction, positionId: string) => store.row(holdPosition, [positionId], tx),
  isClosed: async (tx: Transaction, organisationId: string) =>
    (await store.row(holdOrganisation, [organisationId], tx))?.closed === true,
  isAssigned: async (tx: Transaction, { personId, positionId, startsAt, expiresAt }: NewAssignment) =>
    (await store.row(isAssigned, [personId, positionId, startsAt, expiresAt ?? null], tx))?.found === true,
  addOrganisation: (tx: Transaction, id: string, o: NewOrganisation) =>
    store.run(addOrganisation, [id, o.code, o.name, o.parentId ?? null], tx),
  addWorkgroup: (tx: Transaction, { code, name, organisationId }: NewWorkgroup) =>
    store.run(addWorkgroup, [code, name, organisationId ?? null], tx),
  addPosition: async (tx: Transaction, id: string, p: NewPosition, at: Date) => {
    const area = [p.areaOfWork?.name ?? null, p.areaOfWork?.code ?? null] as const
    const codes = [p.roleCode ?? null, p.dutyCode ?? null] as const
    const rest = [p.notes ?? null, p.openedToSponsors ?? false, p.approvedBy ?? null] as const
    await store.run(addPosition, [id, p.organisationId, p.name, ...codes, ...area, at, ...rest], tx)
    await store.run(grantActivities, [id, p.activities ?? []], tx)
    await store.run(joinWorkgroups, [id, p.workgroups ?? []], tx)
  },
  /** Nothing when the id is taken, or the person is at the organisation already. */
  addAffiliation: async (tx: Transaction, id: string, personId: string, organisationId: string, at: Date) =>
    (await store.row(addAffiliation, [id, personId, organisationId, at], tx))?.id,
  affiliateAgain: (tx: Transaction, personId: string, organisationIds: readonly string[], at: Date) =>
    store.run(affiliateAgain, [personId, organisationIds, at], tx),
  /** Nothing when the id is taken. */
  addAssignment: async (tx: Transaction, id: string, a: NewAssignment, at: Date) => {
    const [expiresAt, assignedBy] = [a.expiresAt ?? null, a.assignedBy ?? null]
    return (await store.row(addAssignment, [id, a.personId, a.positionId, a.startsAt, expiresAt, assignedBy, at], tx))
      ?.id
  },
})

export type PositionStore = ReturnType<typeof positionStore>
