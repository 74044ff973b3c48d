import { type Static, type TSchema, Type } from 'typebox'
import { type EventType, eventTypes } from './audit-events.ts'
import { ClientId } from './clients.ts'
import { closed, Moment, TwelveDigits, Uuid } from './common.ts'

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

const Outcome = Type.Union([Type.Literal('done'), Type.Literal('refused')])

/** What is looked for in the log: whatever is left out may be anything. `after` is `next` of the page before. */
export const SearchAudit = Type.Object(
  {
    person: Type.Optional({ ...TwelveDigits, description: 'Whom it happened to, by staff id.' }),
    actor: Type.Optional({ ...TwelveDigits, description: 'Who did it, by staff id.' }),
    type: Type.Optional(Type.Unsafe<EventType>({ type: 'string', enum: [...eventTypes] })),
    outcome: Type.Optional(Outcome),
    client: Type.Optional(ClientId),
    from: Type.Optional({ ...Moment, description: 'The first moment of what is looked for.' }),
    to: Type.Optional({ ...Moment, description: 'The first moment after it.' }),
    after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}\\.[0-9]{1,15}$' })),
    limit: Type.Optional(Type.String({ pattern: '^([1-9][0-9]?|100)$' })),
  },
  closed,
)
export type SearchAudit = Static<typeof SearchAudit>

/** Somebody in the log: without a staff id outside the reader's organisations, without a name where they may not see it. */
const Somebody = Type.Object({ staffId: orNull(Type.String()), name: orNull(Type.String()) }, closed)

export const AuditEntry = Type.Object(
  {
    id: Uuid,
    at: Moment,
    type: Type.String({ description: 'One of the names of events of this version, or of an older one.' }),
    outcome: Type.String(),
    person: orNull(Somebody),
    actor: Type.Union([Somebody, Type.Null()], {
      description: 'Null where the service did it, or somebody by command.',
    }),
    client: orNull(Type.Object({ id: Type.String(), name: orNull(Type.String()) }, closed)),
    requestId: orNull(Type.String()),
    details: Type.Record(Type.String(), Type.Unknown(), { description: 'Facts that name nobody.' }),
    personal: Type.Union([Type.Record(Type.String(), orNull(Type.String())), Type.Null()], {
      description:
        'Facts about the person; null where there are none, they were erased, or the reader may not see them.',
    }),
  },
  { ...closed, title: 'AuditEntry' },
)
export type AuditEntry = Static<typeof AuditEntry>

/** Newest first. */
export const AuditPage = Type.Object(
  { rows: Type.Array(AuditEntry), next: orNull(Type.String()) },
  { ...closed, title: 'AuditPage' },
)
export type AuditPage = Static<typeof AuditPage>

/** The newest batch of the log, to be kept elsewhere. */
export const AuditCheckpoint = Type.Object(
  {
    batch: Type.Integer(),
    events: Type.Integer(),
    hash: Type.String(),
    at: Moment,
    checkpoint: Type.String({ description: 'The above, signed: a compact JWS.' }),
    keys: Type.Array(Type.Record(Type.String(), Type.Unknown()), {
      description: 'The public keys that checkpoints were ever signed with, as JWKs.',
    }),
  },
  { ...closed, title: 'AuditCheckpoint' },
)
export type AuditCheckpoint = Static<typeof AuditCheckpoint>

/** What is asked of a second person: the whole log. */
export const AskedAuditExport = Type.Object({}, closed)

export const ExportAudit = Type.Object({ request: Type.Optional(Uuid) }, closed)
export type ExportAudit = Static<typeof ExportAudit>
