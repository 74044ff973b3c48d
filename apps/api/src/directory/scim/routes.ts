import { Type } from 'typebox'
import { type Route, type RouteSchema, route } from '#http'
import { deleteUser, patchUser, replaceUser } from './change-user.ts'
import { createUser } from './create-user.ts'
import type { ScimDeps } from './deps.ts'
import { listResourceTypes, listSchemas, showConfig, showResourceType, showSchema } from './discovery.ts'
import { listUsers, searchUsers } from './list-users.ts'
import { scimForm } from './scim-form.ts'
import { showUser } from './show-user.ts'

/** A resource: what stands in it, `view.ts` and `discovery.ts` name one by one. */
const Resource = Type.Record(Type.String(), Type.Unknown())
/** What somebody wrote: it may say more than is kept, and is read by name. */
const Written = Type.Record(Type.String(), Type.Unknown())
/** What is asked in an address may say more, too. */
const open = { additionalProperties: true } as const
const Text = Type.Optional(Type.String({ maxLength: 4000 }))
const Asked = Type.Object({ attributes: Text, excludedAttributes: Text }, open)
const AskedOfList = Type.Object(
  { ...Asked.properties, filter: Text, startIndex: Text, count: Text, sortBy: Text, sortOrder: Text },
  open,
)
const List = Type.Object({
  schemas: Type.Array(Type.String()),
  totalResults: Type.Integer(),
  startIndex: Type.Integer(),
  itemsPerPage: Type.Integer(),
  Resources: Type.Array(Resource),
})
// PostgreSQL has no text with NUL in it.
const ById = Type.Object({ id: Type.String({ maxLength: 200, pattern: '^[^\\u0000]*$' }) })

const scim = <S extends Omit<RouteSchema, 'form'>>(schema: S) => ({ ...schema, form: scimForm })

/** The table of routes for HR systems (RFC 7644 §3.2). */
export const scimRoutes = (deps: ScimDeps): Route[] => [
  route(
    'GET /scim/v2/ServiceProviderConfig',
    'token:scim',
    scim({ summary: 'Show what this service does of SCIM 2.0.', response: Resource }),
    showConfig(deps),
  ),
  route(
    'GET /scim/v2/ResourceTypes',
    'token:scim',
    scim({ summary: 'List the kinds of resources: users alone.', response: Resource }),
    listResourceTypes(deps),
  ),
  route(
    'GET /scim/v2/ResourceTypes/:id',
    'token:scim',
    scim({ summary: 'Show a kind of resources.', params: ById, response: Resource }),
    showResourceType(deps),
  ),
  route(
    'GET /scim/v2/Schemas',
    'token:scim',
    scim({ summary: 'List what is kept of a user.', response: Resource }),
    listSchemas(deps),
  ),
  route(
    'GET /scim/v2/Schemas/:id',
    'token:scim',
    scim({ summary: 'Show what is kept of a user.', params: ById, response: Resource }),
    showSchema(deps),
  ),
  route(
    'GET /scim/v2/Users',
    'token:scim',
    scim({ summary: 'List people of the organisation.', querystring: AskedOfList, response: List }),
    listUsers(deps),
  ),
  ...(['/scim/v2/.search', '/scim/v2/Users/.search'] as const).map((url) =>
    route(
      `POST ${url}`,
      'token:scim',
      scim({ summary: 'List people of the organisation, asked by what is posted.', body: Written, response: List }),
      searchUsers(deps),
    ),
  ),
  route(
    'POST /scim/v2/Users',
    'token:scim',
    scim({ summary: 'Add a person.', body: Written, response: Resource, status: 201 }),
    createUser(deps),
  ),
  route(
    'GET /scim/v2/Users/:id',
    'token:scim',
    scim({ summary: 'Show a person of the organisation.', params: ById, querystring: Asked, response: Resource }),
    showUser(deps),
  ),
  route(
    'PUT /scim/v2/Users/:id',
    'token:scim',
    scim({
      summary: 'Put what is known of a person in the place of what was.',
      params: ById,
      body: Written,
      response: Resource,
    }),
    replaceUser(deps),
  ),
  route(
    'PATCH /scim/v2/Users/:id',
    'token:scim',
    scim({ summary: 'Change what is known of a person.', params: ById, body: Written, response: Resource }),
    patchUser(deps),
  ),
  route(
    'DELETE /scim/v2/Users/:id',
    'token:scim',
    scim({ summary: 'Close the profile of a person who has left.', params: ById }),
    deleteUser(deps),
  ),
]
