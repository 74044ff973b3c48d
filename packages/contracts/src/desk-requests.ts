import { type Static, type TSchema, Type } from 'typebox'
import { Check } from 'typebox/value'
import { AskedClient } from './clients-desk.ts'
import { closed, Moment, Note, TwelveDigits, Uuid } from './common.ts'
import { AskedChange, AskedEnd, AssignPosition } from './desk-access.ts'
import { AskedAuditExport } from './desk-audit.ts'
import { ChangePerson, ClosePerson, Proof, ReopenPerson } from './desk-people.ts'
import { AskedInvitation } from './issuing.ts'

/** Deeds that take two people, unless the setting FOBWATCH_TWO_PEOPLE leaves them out. */
export const twoPeopleKinds = [
  'enrol-level-3',
  'raise-identity-level',
  'give-duty',
  'export-audit',
  'add-client',
] as const
export type TwoPeopleKind = (typeof twoPeopleKinds)[number]

/** Deeds that some duty allows by request only. */
export const byRequestKinds = [
  'change-details',
  'close-person',
  'reopen-person',
  'assign-position',
  'change-assignment',
  'end-assignment',
] as const

/** Everything that can be asked of a second person. */
export const requestKinds = [...twoPeopleKinds, ...byRequestKinds] as const
export type RequestKind = (typeof requestKinds)[number]

/** Those that are not done by their approval: whoever raised them does them then, within a day, once. */
export const usedAfterApproval: readonly RequestKind[] = ['enrol-level-3', 'export-audit', 'add-client']

/** Those that are about nobody, and belong to no organisation. */
export const aboutNobody: readonly RequestKind[] = ['export-audit', 'add-client']

export const RequestKind = Type.Unsafe<RequestKind>({ type: 'string', enum: [...requestKinds] })

export const requestStates = ['open', 'approved', 'done', 'rejected', 'withdrawn', 'cancelled', 'expired'] as const
export type RequestState = (typeof requestStates)[number]
export const RequestState = Type.Unsafe<RequestState>({ type: 'string', enum: [...requestStates] })

/**
 * What may be asked, by kind: the body of the deed's own endpoint, without `request`. A kind that is not in here cannot be
 * asked for.
 */
export const asked: Partial<Record<RequestKind, TSchema>> = {
  'enrol-level-3': AskedInvitation,
  'add-client': AskedClient,
  'export-audit': AskedAuditExport,
  'give-duty': AssignPosition,
  'assign-position': AssignPosition,
  'change-assignment': AskedChange,
  'end-assignment': AskedEnd,
  'raise-identity-level': Proof,
  'change-details': ChangePerson,
  'close-person': ClosePerson,
  'reopen-person': ReopenPerson,
}

/** Whether something is what can be asked for by a request of a kind. */
export const canBeAsked = (kind: RequestKind, what: unknown): boolean => {
  const schema = asked[kind]
  return schema !== undefined && Check(schema, what)
}

/** What was asked, in the words of the deed's own endpoint. */
const Asked = Type.Record(Type.String(), Type.Unknown(), { description: "The body of the deed's own endpoint." })

export const RaiseRequest = Type.Object(
  {
    kind: RequestKind,
    staffId: Type.Optional({ ...TwelveDigits, description: 'Whom it is about, where it is about somebody.' }),
    asked: Asked,
    note: Type.Optional(Note),
  },
  closed,
)
export type RaiseRequest = Static<typeof RaiseRequest>

const Named = Type.Object({ staffId: TwelveDigits, name: Type.String() }, closed)
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A request in a list. */
export const DeskRequest = Type.Object(
  {
    id: Uuid,
    kind: RequestKind,
    state: RequestState,
    about: orNull(Named),
    organisation: orNull(Type.Object({ code: Type.String(), name: Type.String() }, closed)),
    raisedBy: Named,
    raisedAt: Moment,
    dueAt: Type.Unsafe<string>({
      ...Moment,
      description: 'Until when it can be decided, or used once it is approved.',
    }),
    position: orNull(Type.String({ description: 'The name of the position that is asked for.' })),
    heldBy: orNull(Type.String({ description: 'The name of whoever is looking at it now; nobody else decides it.' })),
    heldUntil: orNull(Moment),
    mine: Type.Boolean({ description: 'Raised by whoever asks.' }),
    held: Type.Boolean({ description: 'Held by whoever asks.' }),
    mayDecide: Type.Boolean({ description: 'Whether whoever asks may decide it.' }),
  },
  { ...closed, title: 'DeskRequest' },
)
export type DeskRequest = Static<typeof DeskRequest>

/** A request with all that there is to say of it. */
export const WholeRequest = Type.Object(
  {
    ...DeskRequest.properties,
    asked: Asked,
    note: orNull(Type.String()),
    decidedBy: orNull(Type.String({ description: 'The name of who decided it; null where it was by command.' })),
    decidedAt: orNull(Moment),
    because: orNull(Type.String()),
  },
  { ...closed, title: 'WholeRequest' },
)
export type WholeRequest = Static<typeof WholeRequest>

/** Which list: what waits for whoever asks, what they raised, or what was closed in the last 30 days. */
export const RequestList = Type.Union([Type.Literal('to-decide'), Type.Literal('mine'), Type.Literal('closed')])

export const ListRequests = Type.Object(
  {
    list: Type.Optional(RequestList),
    kind: Type.Optional(RequestKind),
    state: Type.Optional(RequestState),
    after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })),
    limit: Type.Optional(Type.String({ pattern: '^([1-9][0-9]?|100)$' })),
  },
  closed,
)
export type ListRequests = Static<typeof ListRequests>

export const DeskRequests = Type.Object(
  { rows: Type.Array(DeskRequest), next: orNull(Type.String()), total: Type.Integer() },
  { ...closed, title: 'DeskRequests' },
)
export type DeskRequests = Static<typeof DeskRequests>

export const RequestParams = Type.Object({ id: Uuid }, closed)
export type RequestParams = Static<typeof RequestParams>

export const RaisedRequest = Type.Object({ id: Uuid, dueAt: Moment }, { ...closed, title: 'RaisedRequest' })
export type RaisedRequest = Static<typeof RaisedRequest>

export const HeldRequest = Type.Object({ heldUntil: Moment }, { ...closed, title: 'HeldRequest' })
export type HeldRequest = Static<typeof HeldRequest>

export const ApproveRequest = Type.Object({ because: Type.Optional(Note) }, closed)
export type ApproveRequest = Static<typeof ApproveRequest>

export const RejectRequest = Type.Object({ because: Note }, closed)
export type RejectRequest = Static<typeof RejectRequest>

export const DecidedRequest = Type.Object({ state: RequestState }, { ...closed, title: 'DecidedRequest' })
export type DecidedRequest = Static<typeof DecidedRequest>
