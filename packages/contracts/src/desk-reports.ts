import { type Static, type TSchema, Type } from 'typebox'
import { AuthenticatorKind } from './authenticators.ts'
import { closed, Moment, TwelveDigits, Uuid } from './common.ts'
import { OdsCode } from './desk-access.ts'
import { RequestKind, RequestState } from './desk-requests.ts'

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const oneOf = <T extends string>(values: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...values] })

/** Where a page begins: what the page before it gave, and nothing else. */
const After = Type.String({ pattern: '^[A-Za-z0-9_-]{1,1200}$' })
const Limit = Type.String({ pattern: '^([1-9][0-9]?|1[0-9]{2}|200)$' })
const paging = { after: Type.Optional(After), limit: Type.Optional(Limit) }
const Next = orNull(Type.String())
const page = <T extends TSchema>(row: T, title: string) =>
  Type.Object({ rows: Type.Array(row), next: Next }, { ...closed, title })

/** How many days ahead is looked for what will end. */
export const daysAhead = ['7', '30', '60', '90'] as const
export type DaysAhead = (typeof daysAhead)[number]
const Within = oneOf(daysAhead)

const whose = { staffId: TwelveDigits, person: Type.String() }

// ---- work to do

/** How much there is of something; null for what the agent's duties do not open. Above 100 nobody counts. */
const Count = orNull(Type.Integer({ maximum: 101, description: '101 stands for more than 100.' }))

/** How much there is to do, of each kind. */
export const WorkCounts = Type.Object(
  {
    expiring: Count,
    lost: Count,
    stolen: Count,
    badModels: Count,
    newStarters: Count,
    links: Count,
  },
  { ...closed, title: 'WorkCounts' },
)
export type WorkCounts = Static<typeof WorkCounts>

export const ListExpiring = Type.Object({ within: Type.Optional(Within), ...paging }, closed)
export type ListExpiring = Static<typeof ListExpiring>

export const ExpiringAssignments = page(
  Type.Object(
    { ...whose, id: TwelveDigits, position: Type.String(), organisation: Type.String(), expiresAt: Moment },
    closed,
  ),
  'ExpiringAssignments',
)
export type ExpiringAssignments = Static<typeof ExpiringAssignments>

export const ListWork = Type.Object(paging, closed)
export type ListWork = Static<typeof ListWork>

export const NewStarters = page(
  Type.Object(
    {
      ...whose,
      organisation: Type.String(),
      createdAt: Moment,
      identityLevel: Type.Integer(),
      hasRole: Type.Boolean(),
      hasLink: Type.Boolean({ description: 'Whether a link or a code for them is open.' }),
    },
    closed,
  ),
  'NewStarters',
)
export type NewStarters = Static<typeof NewStarters>

export const OpenLinks = page(
  Type.Object(
    {
      ...whose,
      id: Uuid,
      channel: Type.String(),
      device: orNull(Type.String()),
      issuedBy: orNull(Type.String()),
      createdAt: Moment,
      expiresAt: Moment,
      openedAt: orNull(Moment),
    },
    closed,
  ),
  'OpenLinks',
)
export type OpenLinks = Static<typeof OpenLinks>

// ---- reports

export const reportNames = ['people', 'authenticators', 'positions', 'requests'] as const
export type ReportName = (typeof reportNames)[number]

const personStatus = oneOf(['active', 'suspended', 'closed'] as const)
const Level = Type.String({ pattern: '^[123]$' })

/** What each report can be narrowed to. */
const filters = {
  people: {
    status: Type.Optional(personStatus),
    level: Type.Optional(Level),
    organisation: Type.Optional(OdsCode),
  },
  authenticators: {
    status: Type.Optional(oneOf(['active', 'suspended', 'expired'] as const)),
    kind: Type.Optional(AuthenticatorKind),
    level: Type.Optional(Level),
    model: Type.Optional(Uuid),
    within: Type.Optional(Within),
  },
  positions: { organisation: Type.Optional(OdsCode), position: Type.Optional(Uuid), within: Type.Optional(Within) },
  requests: { kind: Type.Optional(RequestKind), state: Type.Optional(RequestState) },
}

/** What each report can be sorted by; the first unless asked otherwise. */
export const reportSorts = {
  people: ['name', 'newest'],
  authenticators: ['name', 'unused', 'expires', 'newest'],
  positions: ['position', 'person', 'expires'],
  requests: ['newest', 'oldest'],
} as const satisfies Record<ReportName, readonly string[]>
export type ReportSort<N extends ReportName> = (typeof reportSorts)[N][number]
const sortOf = <N extends ReportName>(name: N) => Type.Optional(oneOf<ReportSort<N>>(reportSorts[name]))

export const PeopleReport = Type.Object({ sort: sortOf('people'), ...filters.people, ...paging }, closed)
export const AuthenticatorsReport = Type.Object(
  { sort: sortOf('authenticators'), ...filters.authenticators, ...paging },
  closed,
)
export const PositionsReport = Type.Object({ sort: sortOf('positions'), ...filters.positions, ...paging }, closed)
export const RequestsReport = Type.Object({ sort: sortOf('requests'), ...filters.requests, ...paging }, closed)

/** What a report is asked with. */
export interface AskedReport {
  sort?: string
  after?: string
  limit?: string
  status?: string
  level?: string
  organisation?: string
  kind?: string
  model?: string
  position?: string
  within?: DaysAhead
  state?: string
}

const PersonLine = Type.Object(
  {
    ...whose,
    organisation: Type.String(),
    status: personStatus,
    identityLevel: Type.Integer(),
    ways: Type.Integer(),
    createdAt: Moment,
  },
  closed,
)
const AuthenticatorLine = Type.Object(
  {
    ...whose,
    id: Uuid,
    name: Type.String(),
    kind: Type.String(),
    level: Type.Integer(),
    model: orNull(Type.String()),
    status: Type.String(),
    lastUsedAt: orNull(Moment),
    expiresAt: orNull(Moment),
  },
  closed,
)
const PositionLine = Type.Object(
  {
    ...whose,
    id: TwelveDigits,
    position: Type.String(),
    organisation: Type.String(),
    startsAt: Moment,
    expiresAt: orNull(Moment),
  },
  closed,
)
const RequestLine = Type.Object(
  {
    id: Uuid,
    kind: RequestKind,
    state: RequestState,
    staffId: orNull(TwelveDigits),
    person: orNull(Type.String()),
    organisation: orNull(Type.String()),
    raisedBy: Type.String(),
    raisedAt: Moment,
    closedAt: orNull(Moment),
  },
  closed,
)

/** What the pages of each report hold. */
export const reportPages = {
  people: page(PersonLine, 'PeoplePage'),
  authenticators: page(AuthenticatorLine, 'AuthenticatorsPage'),
  positions: page(PositionLine, 'PositionsPage'),
  requests: page(RequestLine, 'RequestsPage'),
}
export type ReportPage<N extends ReportName> = Static<(typeof reportPages)[N]>
export type ReportLine<N extends ReportName> = ReportPage<N>['rows'][number]

const Day = Type.String({ pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' })

/** From a day to another, both of them within; the last 30 unless said, and 366 at most. */
export const SignInsReport = Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day) }, closed)
export type SignInsReport = Static<typeof SignInsReport>

export const SignIns = Type.Object(
  {
    from: Day,
    to: Day,
    rows: Type.Array(Type.Object({ level: Type.Integer(), kind: Type.String(), count: Type.Integer() }, closed)),
  },
  { ...closed, title: 'SignIns' },
)
export type SignIns = Static<typeof SignIns>

// ---- positions for many

/** A file of who is to have which position. Its first row is `staff_id,organisation,position,starts,expires`. */
const Csv = Type.String({ minLength: 1, maxLength: 400_000, description: 'CSV, of 1,000 rows at most.' })

export const PreviewAssignments = Type.Object({ csv: Csv }, closed)
export type PreviewAssignments = Static<typeof PreviewAssignments>

const outcomes = ['new', 'there', 'fault'] as const

/** What a row of the file would do: give a position, nothing since it is given already, or nothing since it is at fault. */
const IntakeRow = Type.Object(
  {
    row: Type.Integer({ description: 'The line of the file.' }),
    outcome: oneOf(outcomes),
    staffId: Type.String(),
    person: orNull(Type.String()),
    position: Type.String(),
    organisation: Type.String(),
    why: orNull(Type.String()),
    id: orNull(TwelveDigits),
  },
  closed,
)
export type IntakeRow = Static<typeof IntakeRow>

export const AssignmentsPreview = Type.Object(
  {
    fault: orNull(Type.String({ description: 'What is wrong with the whole of the file.' })),
    rows: Type.Array(IntakeRow),
    counts: Type.Object({ new: Type.Integer(), there: Type.Integer(), fault: Type.Integer() }, closed),
  },
  { ...closed, title: 'AssignmentsPreview' },
)
export type AssignmentsPreview = Static<typeof AssignmentsPreview>

export const AssignMany = Type.Object(
  { csv: Csv, goodOnly: Type.Optional(Type.Boolean({ description: 'Whether rows at fault are left out.' })) },
  closed,
)
export type AssignMany = Static<typeof AssignMany>
