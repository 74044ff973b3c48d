import { type Static, Type } from 'typebox'
import { ClientId, ClientMetadata, ClientName } from './clients.ts'
import { closed, Fault, LineOfText, Moment, Uuid } from './common.ts'

/** An API that access tokens can be issued for, named by its resource indicator (RFC 8707). */
export const ApiResource = Type.String({ minLength: 1, maxLength: 500, pattern: '^[!-~]+$' })
/** A scope of an API (RFC 6749 §3.3). */
const ApiScope = Type.String({ minLength: 1, maxLength: 100, pattern: '^[!#-\\[\\]-~]+$' })

export const DefineApi = Type.Object(
  {
    resource: ApiResource,
    name: LineOfText(80),
    scopes: Type.Array(ApiScope, { maxItems: 100, uniqueItems: true }),
  },
  { ...closed, title: 'Api' },
)
export type DefineApi = Static<typeof DefineApi>

export const ApiList = Type.Object({ apis: Type.Array(DefineApi) }, closed)
export type ApiList = Static<typeof ApiList>

/** Grows with every change. A change names the version that somebody looked at. */
const Version = Type.Integer({ minimum: 1, description: 'Grows with every change.' })

/**
 * What is written of a client. Its parts are looked at one by one, so that every fault of it can be named at once: here
 * they only have to be small.
 */
const written = {
  name: Type.Optional(Type.Unknown({ description: 'What people read when they log in: "to carry on to …".' })),
  metadata: Type.Optional(Type.Unknown({ description: 'As ClientMetadata, which answers have.' })),
  apis: Type.Optional(Type.Unknown({ description: 'Resource indicators of the APIs that it may call.' })),
}

const id = Type.Optional(Type.Unknown({ description: 'The client_id.' }))

/** The request that a second person approved, where the deed takes two. */
const request = Type.Optional(Uuid)

export const RegisterClient = Type.Object({ id, ...written, request }, { ...closed, title: 'RegisterClient' })
export type RegisterClient = Static<typeof RegisterClient>

export const ReplaceClient = Type.Object(
  { ...written, version: Version, request },
  { ...closed, title: 'ReplaceClient' },
)
export type ReplaceClient = Static<typeof ReplaceClient>

/** A registration that is looked at and not kept: a new one, or the change of one at a version. */
export const CheckClient = Type.Object(
  { id, ...written, version: Type.Optional(Version) },
  { ...closed, title: 'CheckClient' },
)
export type CheckClient = Static<typeof CheckClient>

export const CheckedClient = Type.Object(
  {
    faults: Type.Array(Fault, { description: 'Every fault; none where it can be kept as it is.' }),
    secondPerson: Type.Boolean({ description: 'Whether keeping it takes the word of a second person.' }),
  },
  { ...closed, title: 'CheckedClient' },
)
export type CheckedClient = Static<typeof CheckedClient>

/** A registration without a fault. */
export const ClientRegistration = Type.Object(
  {
    id: ClientId,
    name: ClientName,
    metadata: ClientMetadata,
    apis: Type.Array(ApiResource, { maxItems: 50, uniqueItems: true }),
  },
  { ...closed, title: 'ClientRegistration' },
)
export type ClientRegistration = Static<typeof ClientRegistration>

/** What a second person is asked to agree to: a new registration, or the change of one at a version. */
export const AskedClient = Type.Object(
  { ...ClientRegistration.properties, version: Type.Optional(Version) },
  { ...closed, title: 'AskedClient' },
)

const ClientStatus = Type.Union([Type.Literal('enabled'), Type.Literal('disabled')])

/** A secret, of which only a hash is kept. */
export const ClientSecret = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    createdAt: Moment,
    endsAt: Type.Union([Moment, Type.Null()], { description: 'Null while nobody said when it ends.' }),
  },
  { ...closed, title: 'ClientSecret' },
)
export type ClientSecret = Static<typeof ClientSecret>

export const DeskClient = Type.Object(
  {
    ...ClientRegistration.properties,
    version: Version,
    status: ClientStatus,
    secrets: Type.Array(ClientSecret, { description: 'Those that have not ended.' }),
    createdAt: Moment,
    updatedAt: Moment,
  },
  { ...closed, title: 'DeskClient' },
)
export type DeskClient = Static<typeof DeskClient>

export const ClientSummary = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    version: Version,
    status: ClientStatus,
    sandbox: Type.Boolean(),
    updatedAt: Moment,
  },
  { ...closed, title: 'ClientSummary' },
)
export type ClientSummary = Static<typeof ClientSummary>

/** What a list of applications shows: all, or those of one sort. */
const ClientSort = Type.Unsafe<'production' | 'sandbox' | 'disabled'>({
  type: 'string',
  enum: ['production', 'sandbox', 'disabled'],
})

export const FindClients = Type.Object(
  {
    search: Type.Optional(LineOfText(100)),
    only: Type.Optional(ClientSort),
    after: Type.Optional(ClientId),
  },
  closed,
)
export type FindClients = Static<typeof FindClients>

/** A page of applications, by name. */
export const ClientList = Type.Object(
  {
    clients: Type.Array(ClientSummary),
    next: Type.Union([ClientId, Type.Null()], { description: 'What `after` is for the next page.' }),
    total: Type.Integer({ minimum: 0 }),
  },
  closed,
)
export type ClientList = Static<typeof ClientList>

const ShownOnce = Type.String({ description: 'Shown this once: only its hash is kept.' })

/** With the secret of a client that proves itself by one. */
export const RegisteredClient = Type.Object(
  { ...DeskClient.properties, secret: Type.Optional(ShownOnce) },
  { ...closed, title: 'RegisteredClient' },
)
export type RegisteredClient = Static<typeof RegisteredClient>

export const ClientParams = Type.Object({ id: ClientId }, closed)
export const ClientSecretParams = Type.Object({ id: ClientId, secretId: Type.String({ format: 'uuid' }) }, closed)

export const AddClientSecret = Type.Object(
  {
    overlapSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 2_592_000,
        description: 'How long the older ones hold beside it: a week unless it says otherwise; 0 ends them at once.',
      }),
    ),
  },
  closed,
)
export type AddClientSecret = Static<typeof AddClientSecret>

export const AddedClientSecret = Type.Object(
  { ...ClientSecret.properties, secret: ShownOnce },
  { ...closed, title: 'AddedClientSecret' },
)
export type AddedClientSecret = Static<typeof AddedClientSecret>
