import type { Visit } from '#http'
import { Refusal } from '#kernel'
import { enterpriseSchema, staffSchema, userSchema } from './attributes.ts'
import { feedOf } from './deed-of-feed.ts'
import type { ScimDeps } from './deps.ts'
import { mostResults } from './list-users.ts'

type Json = Record<string, unknown>

const listOf = (resources: readonly Json[]): Json => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: resources.length,
  startIndex: 1,
  itemsPerPage: resources.length,
  Resources: resources,
})

/** What this service does of SCIM (RFC 7643 §5). */
const serviceProviderConfig = (base: string): Json => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: mostResults },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'OAuth access token',
      description: 'An access token for this service, by client credentials (RFC 6749 §4.4).',
      specUri: 'https://www.rfc-editor.org/info/rfc6750',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
})

/** The one kind of resource that there is (RFC 7643 §6). */
const resourceTypes = (base: string): Json[] => [
  {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: 'User',
    name: 'User',
    description: 'A person who works at an organisation',
    endpoint: '/Users',
    schema: userSchema,
    schemaExtensions: [
      { schema: enterpriseSchema, required: false },
      { schema: staffSchema, required: false },
    ],
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/User` },
  },
]

/** An attribute with what RFC 7643 §7 has where nothing is said. */
const attribute = (name: string, description: string, more: Json = {}): Json => ({
  ...{ name, type: 'string', multiValued: false, description, required: false, caseExact: false },
  ...{ mutability: 'readWrite', returned: 'default', uniqueness: 'none', ...more },
})

const ofWork = (name: string, description: string): Json =>
  attribute(name, description, {
    type: 'complex',
    multiValued: true,
    subAttributes: [
      attribute('value', 'The one that is kept, of several the primary.'),
      attribute('type', 'Work, and nothing else.', { canonicalValues: ['work'] }),
    ],
  })

const readOnly = { mutability: 'readOnly' }

const userAttributes: Json[] = [
  attribute('userName', 'What the HR system calls them, such as a work email address.', {
    required: true,
    uniqueness: 'server',
  }),
  attribute('name', 'Their name.', {
    type: 'complex',
    required: true,
    subAttributes: [
      attribute('familyName', 'Family name.', { required: true }),
      attribute('givenName', 'Given name.', { required: true }),
      attribute('middleName', 'Other given names.'),
      attribute('honorificPrefix', 'A title, such as Dr.', {
        canonicalValues: ['Mr', 'Mrs', 'Miss', 'Ms', 'Mx', 'Dr', 'Professor'],
      }),
    ],
  }),
  attribute('displayName', 'Given and family name.', readOnly),
  attribute('active', 'False pauses the profile: nobody logs in with it.', {
    ...{ type: 'boolean', required: true },
  }),
  ofWork('emails', 'The work email address.'),
  ofWork('phoneNumbers', 'The work phone number.'),
]

const schema = (base: string, id: string, name: string, description: string, attributes: Json[]): Json => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
  ...{ id, name, description, attributes },
  meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
})

/** What a user has (RFC 7643 §7), for the feed that asks: where its people may be is said by the codes of organisations. */
const schemas = (base: string, organisations: readonly string[]): Json[] => [
  schema(base, userSchema, 'User', 'A person who works at an organisation', userAttributes),
  schema(base, enterpriseSchema, 'EnterpriseUser', 'Where and as whom they work', [
    attribute('employeeNumber', 'Their number in the HR system.'),
    attribute('department', 'Where they work within the organisation.'),
    attribute('organization', 'The ODS code of the organisation that they come to. Positions say where they work.', {
      mutability: 'immutable',
      canonicalValues: organisations,
    }),
  ]),
  schema(base, staffSchema, 'Staff', 'What tells two of one name apart', [
    attribute('birthDate', 'A day, such as 1990-02-28.'),
  ]),
]

/** Shows what this service does of SCIM. */
export const showConfig =
  ({ base }: ScimDeps) =>
  async (): Promise<Json> =>
    serviceProviderConfig(base)

export const listResourceTypes =
  ({ base }: ScimDeps) =>
  async (): Promise<Json> =>
    listOf(resourceTypes(base))

const byId = (resources: readonly Json[], id: string): Json => {
  const found = resources.find((each) => each['id'] === id)
  if (!found) throw new Refusal('not_found')
  return found
}

export const showResourceType =
  ({ base }: ScimDeps) =>
  async ({ id }: { id: string }): Promise<Json> =>
    byId(resourceTypes(base), id)

const schemasFor = async ({ base, store }: ScimDeps, visit: Visit) => {
  const feed = await feedOf(store, visit)
  return schemas(base, [feed.code])
}

export const listSchemas =
  (deps: ScimDeps) =>
  async (_: unknown, visit: Visit): Promise<Json> =>
    listOf(await schemasFor(deps, visit))

export const showSchema =
  (deps: ScimDeps) =>
  async ({ id }: { id: string }, visit: Visit): Promise<Json> =>
    byId(await schemasFor(deps, visit), id)
