import { type Static, Type } from 'typebox'
import { closed, Fault, LineOfText, Moment, Note, TwelveDigits, Uuid } from './common.ts'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

/** Code of an organisation in the register of the Organisation Data Service: capital letters and digits. */
export const OdsCode = Type.String({ pattern: '^[A-Z0-9]{3,12}$' })
/** National job role: staff group, sub-group, role. */
export const RoleCode = Type.String({ pattern: '^S[0-9]{4}:G[0-9]{4}:R[0-9]{4}$' })
export const ActivityCode = Type.String({ pattern: '^B[0-9]{4}$' })
export const AreaOfWorkCode = Type.String({ pattern: '^P[0-9]{4}:Q[0-9]{4}:T[0-9]{4}$' })
const DutyCode = Type.String({ pattern: '^[a-z]+(-[a-z]+)*$', maxLength: 40 })
/** Where a page of a list begins: what the page before it gave, and nothing else. */
const After = Type.String({ pattern: '^[A-Za-z0-9_-]{1,1600}$' })
const Next = orNull(Type.String())
const Limit = Type.String({ pattern: '^([1-9][0-9]?|1[0-9]{2}|200)$' })
const Search = LineOfText(100)

/** A code with the name that people read. */
export const CodeAndName = Type.Object({ code: Type.String(), name: Type.String() }, closed)
export type CodeAndName = Static<typeof CodeAndName>

// ---- organisations

export const OrganisationParams = Type.Object({ code: OdsCode }, closed)

export const ListOrganisations = Type.Object(
  {
    search: Type.Optional(Search),
    under: Type.Optional(OdsCode),
    after: Type.Optional(After),
    limit: Type.Optional(Limit),
  },
  closed,
)
export type ListOrganisations = Static<typeof ListOrganisations>

export const DeskOrganisation = Type.Object(
  {
    code: Type.String(),
    name: Type.String(),
    parent: orNull(CodeAndName),
    closedAt: orNull(Moment),
    children: Type.Integer({ description: 'How many are directly below it.' }),
    positions: Type.Integer({ description: 'How many positions it has that are not retired.' }),
    mayEdit: Type.Boolean(),
    mayAddPositions: Type.Boolean(),
  },
  { ...closed, title: 'DeskOrganisation' },
)
export type DeskOrganisation = Static<typeof DeskOrganisation>

export const DeskOrganisations = Type.Object(
  { rows: Type.Array(DeskOrganisation), next: Next },
  { ...closed, title: 'DeskOrganisations' },
)
export type DeskOrganisations = Static<typeof DeskOrganisations>

export const DeskWorkgroup = Type.Object(
  { code: TwelveDigits, name: Type.String(), organisation: orNull(CodeAndName) },
  { ...closed, title: 'DeskWorkgroup' },
)
export type DeskWorkgroup = Static<typeof DeskWorkgroup>

/** One organisation: what is above it within one's reach, the topmost first, and its workgroups. */
export const OrganisationInFull = Type.Object(
  { ...DeskOrganisation.properties, path: Type.Array(CodeAndName), workgroups: Type.Array(DeskWorkgroup) },
  { ...closed, title: 'OrganisationInFull' },
)
export type OrganisationInFull = Static<typeof OrganisationInFull>

const Name = LineOfText(200)

export const AddOrganisation = Type.Object({ code: OdsCode, name: Name, parent: OdsCode }, closed)
export type AddOrganisation = Static<typeof AddOrganisation>

/** A new name, a new place in the tree, or both. */
export const ChangeOrganisation = Type.Object({ name: Type.Optional(Name), parent: Type.Optional(OdsCode) }, closed)
export type ChangeOrganisation = Static<typeof ChangeOrganisation>

// ---- workgroups

export const ListWorkgroups = Type.Object({ organisation: OdsCode }, closed)
export type ListWorkgroups = Static<typeof ListWorkgroups>
export const AddWorkgroup = Type.Object({ name: Name, organisation: OdsCode }, closed)
export type AddWorkgroup = Static<typeof AddWorkgroup>
export const WorkgroupParams = Type.Object({ code: TwelveDigits }, closed)
export const RenameWorkgroup = Type.Object({ name: Name }, closed)
export type RenameWorkgroup = Static<typeof RenameWorkgroup>

// ---- positions

export const PositionParams = Type.Object({ id: Uuid }, closed)

const positionSorts = ['name', 'organisation', 'holders'] as const
export type PositionSort = (typeof positionSorts)[number]

export const ListPositions = Type.Object(
  {
    organisation: Type.Optional(OdsCode),
    search: Type.Optional(Search),
    sort: Type.Optional(Type.Unsafe<PositionSort>({ type: 'string', enum: [...positionSorts] })),
    retired: Type.Optional(Type.Literal('yes', { description: 'Whether those that are retired are wanted too.' })),
    after: Type.Optional(After),
    limit: Type.Optional(Limit),
  },
  closed,
)
export type ListPositions = Static<typeof ListPositions>

/** What an agent may do about who is in a position: by themselves, with a second person, by request, or nothing. */
const mayAssign = ['yes', 'two-people', 'by-request', 'no'] as const
export type MayAssign = (typeof mayAssign)[number]
const MayAssign = Type.Unsafe<MayAssign>({ type: 'string', enum: [...mayAssign] })

export const DeskPosition = Type.Object(
  {
    id: Uuid,
    name: Type.String(),
    organisation: CodeAndName,
    role: orNull(CodeAndName),
    duty: orNull(CodeAndName),
    openedToSponsors: Type.Boolean(),
    retiredAt: orNull(Moment),
    holders: Type.Integer({ description: 'How many people hold it now.' }),
    mayEdit: Type.Boolean(),
    mayAssign: MayAssign,
  },
  { ...closed, title: 'DeskPosition' },
)
export type DeskPosition = Static<typeof DeskPosition>

export const DeskPositions = Type.Object(
  { rows: Type.Array(DeskPosition), next: Next },
  { ...closed, title: 'DeskPositions' },
)
export type DeskPositions = Static<typeof DeskPositions>

export const PositionInFull = Type.Object(
  {
    ...DeskPosition.properties,
    activities: Type.Array(CodeAndName, { description: 'What it grants beyond the baseline of its role.' }),
    effective: Type.Array(CodeAndName, {
      description: 'All that it allows: baseline, granted, and what those include.',
    }),
    workgroups: Type.Array(CodeAndName),
    areaOfWork: orNull(CodeAndName),
    notes: orNull(Type.String()),
    approvedBy: orNull(Type.String({ description: 'Who created it, or changed it last.' })),
    createdAt: Moment,
    version: Type.Integer(),
  },
  { ...closed, title: 'PositionInFull' },
)
export type PositionInFull = Static<typeof PositionInFull>

/** What a position is, but for its organisation and its duty, which never change. */
const changeable = {
  name: Name,
  role: Type.Optional(RoleCode),
  activities: Type.Array(ActivityCode, { uniqueItems: true, maxItems: 500 }),
  workgroups: Type.Array(TwelveDigits, { uniqueItems: true, maxItems: 500 }),
  areaOfWork: Type.Optional(Type.Object({ code: AreaOfWorkCode, name: Name }, closed)),
  notes: Type.Optional(Note),
  openedToSponsors: Type.Boolean(),
}

export const CreatePosition = Type.Object(
  { organisation: OdsCode, duty: Type.Optional(DutyCode), ...changeable },
  closed,
)
export type CreatePosition = Static<typeof CreatePosition>
export const CreatedPosition = Type.Object({ id: Uuid }, closed)
export type CreatedPosition = Static<typeof CreatedPosition>

const Version = Type.Integer({ minimum: 1, description: 'The one that was looked at.' })
export const EditPosition = Type.Object({ version: Version, ...changeable }, closed)
export type EditPosition = Static<typeof EditPosition>
export const RetirePosition = Type.Object({ version: Version }, closed)
export type RetirePosition = Static<typeof RetirePosition>
export const SavedPosition = Type.Object({ version: Type.Integer() }, closed)
export type SavedPosition = Static<typeof SavedPosition>

/** What a form offers: the catalogue of roles, activities and duties, and the workgroups that may be joined. */
export const PositionChoices = Type.Object(
  {
    roles: Type.Array(Type.Object({ ...CodeAndName.properties, baseline: Type.Array(Type.String()) }, closed)),
    activities: Type.Array(CodeAndName),
    duties: Type.Array(CodeAndName, { description: 'Those that the agent may give there.' }),
    workgroups: Type.Array(CodeAndName),
  },
  { ...closed, title: 'PositionChoices' },
)
export type PositionChoices = Static<typeof PositionChoices>

// ---- who is in them

const assignmentStates = ['planned', 'now', 'over'] as const
export type AssignmentState = (typeof assignmentStates)[number]

/** A position that a person has, will have or had. */
export const DeskAssignment = Type.Object(
  {
    id: TwelveDigits,
    position: Type.Object({ id: Uuid, name: Type.String() }, closed),
    organisation: CodeAndName,
    role: orNull(CodeAndName),
    duty: orNull(CodeAndName),
    state: Type.Unsafe<AssignmentState>({ type: 'string', enum: [...assignmentStates] }),
    startsAt: Moment,
    expiresAt: orNull(Moment),
    endedAt: orNull(Moment),
    lastUsedAt: orNull(Moment),
    assignedBy: orNull(Type.String({ description: 'Who gave it; nobody when it was a command.' })),
    mayChange: MayAssign,
  },
  { ...closed, title: 'DeskAssignment' },
)
export type DeskAssignment = Static<typeof DeskAssignment>

/** Those that are now or will be first, the newest of each first. */
export const DeskAssignments = Type.Object(
  { assignments: Type.Array(DeskAssignment) },
  { ...closed, title: 'DeskAssignments' },
)
export type DeskAssignments = Static<typeof DeskAssignments>

/** What is asked: a position, from a moment (at once when it is left out or past) until another (or without end). */
export const AssignPosition = Type.Object(
  { position: Uuid, startsAt: Type.Optional(Moment), expiresAt: Type.Optional(Moment) },
  closed,
)
export type AssignPosition = Static<typeof AssignPosition>
export const Assigned = Type.Object({ id: TwelveDigits }, closed)
export type Assigned = Static<typeof Assigned>

export const TheirAssignment = Type.Object({ staffId: TwelveDigits, assignment: TwelveDigits }, closed)
export type TheirAssignment = Static<typeof TheirAssignment>

/** New dates: a start only while it is yet to begin, and null for one without an end. */
export const ChangeAssignment = Type.Object({ startsAt: Type.Optional(Moment), expiresAt: orNull(Moment) }, closed)
export type ChangeAssignment = Static<typeof ChangeAssignment>

/** What a request for new dates, or for an end, asks: the body of the endpoint, and which one it is about. */
export const AskedChange = Type.Object({ assignment: TwelveDigits, ...ChangeAssignment.properties }, closed)
export type AskedChange = Static<typeof AskedChange>
export const AskedEnd = Type.Object({ assignment: TwelveDigits }, closed)
export type AskedEnd = Static<typeof AskedEnd>

// ---- the catalogue

/** A catalogue of roles and activities, as its file has it. */
export const CatalogueFile = Type.Object(
  {
    form: Type.Union([Type.Literal('csv'), Type.Literal('json')]),
    text: Type.String({ minLength: 1, maxLength: 4_000_000 }),
  },
  closed,
)
export type CatalogueFile = Static<typeof CatalogueFile>

const Changes = Type.Object(
  { added: Type.Array(CodeAndName), changed: Type.Array(CodeAndName), removed: Type.Array(CodeAndName) },
  closed,
)

/** What a catalogue would change, or why it cannot be taken. */
export const CataloguePreview = Type.Object(
  {
    faults: Type.Array(Fault),
    roles: Changes,
    activities: Changes,
    positions: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          organisation: CodeAndName,
          loses: Type.Array(CodeAndName),
          gains: Type.Array(CodeAndName),
          people: Type.Integer(),
        },
        closed,
      ),
      { description: 'Those that would allow something less or more; 200 at most.' },
    ),
    losing: Type.Object(
      { positions: Type.Integer(), people: Type.Integer() },
      { ...closed, description: 'How many would allow less, and how many people are in them.' },
    ),
    gaining: Type.Object({ positions: Type.Integer(), people: Type.Integer() }, closed),
    digest: Type.String({ description: 'Stands for all of this: say it back to load it.' }),
  },
  { ...closed, title: 'CataloguePreview' },
)
export type CataloguePreview = Static<typeof CataloguePreview>

export const LoadCatalogue = Type.Object(
  { ...CatalogueFile.properties, digest: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
  closed,
)
export type LoadCatalogue = Static<typeof LoadCatalogue>
