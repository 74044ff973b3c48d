import { ApiResource, ClientId, ClientMetadata, ClientName, type Fault } from '@fobwatch/contracts'
import { type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'

type SchemaError = ReturnType<typeof Value.Errors>[number]

/** The schema library's own words are about schemas. */
const inWords = ({ keyword, params }: SchemaError): string => {
  const { allowedValues, limit, type, comparison } = params as Record<string, unknown>
  switch (keyword) {
    case 'enum':
      return `must be one of ${(allowedValues as string[]).join(', ')}`
    case 'type':
      return `must be ${words[String(type)] ?? String(type)}`
    case 'minimum':
    case 'maximum':
      return `must be ${comparison === '>=' ? 'at least' : 'at most'} ${limit}`
    case 'minLength':
    case 'minItems':
      return 'must not be empty'
    case 'maxLength':
    case 'maxItems':
      return `must be no longer than ${limit}`
    case 'uniqueItems':
      return 'has the same twice'
    case 'additionalProperties':
      return 'has a member that is not known'
    case 'required':
      return 'lacks a member that it must have'
    default:
      return 'is not written in a form that is taken'
  }
}

const words: Record<string, string> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  object: 'an object',
  string: 'text',
}

/** `/0/x` in `redirect_uris` is `redirect_uris[0].x`. */
const fieldAt = (field: string, path: string): string =>
  field + path.replace(/\/(\d+)(?=\/|$)/g, '[$1]').replaceAll('/', '.')

const faultsOf = (field: string, schema: TSchema, value: unknown): Fault[] => {
  const faults = new Map<string, Fault>()
  for (const error of Value.Errors(schema, value)) {
    // Said again, in other words, of the whole.
    if (error.keyword === 'boolean') continue
    const at = fieldAt(field, error.instancePath)
    if (!faults.has(at)) faults.set(at, { field: at, why: inWords(error) })
  }
  return [...faults.values()]
}

/** JSON can say what PostgreSQL keeps in no text: NUL, and half of a character. */
const isKept = (value: unknown): boolean => !/\\u(0000|d[89a-f])/i.test(JSON.stringify(value) ?? '')

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const faultsOfMember = (name: string, value: unknown): Fault[] => {
  if (!Object.hasOwn(ClientMetadata.properties, name)) return [{ field: name, why: 'is not known' }]
  const faults = faultsOf(name, ClientMetadata.properties[name as keyof ClientMetadata] as TSchema, value)
  if (faults.length > 0) return faults
  return isKept(value) ? [] : [{ field: name, why: 'has characters that cannot be kept' }]
}

/** The pattern's own fault would say only that there is a form. */
const faultsOfId = (id: unknown): Fault[] => {
  const faults = faultsOf('id', ClientId, id)
  if (typeof id !== 'string' || faults.length === 0) return faults
  return [
    {
      field: 'id',
      why: 'must be 2 to 63 small letters, digits, dots, hyphens or underscores, the first a letter or digit',
    },
  ]
}

/** What somebody wrote, as far as each of its parts has the form that it must have, and the faults of those that have not. */
export interface Read {
  id: string
  name: string
  metadata: ClientMetadata
  apis: string[]
  faults: Fault[]
}

/** Reads a registration member by member, so that one fault hides no other. */
export const readWritten = (written: { id?: unknown; name?: unknown; metadata?: unknown; apis?: unknown }): Read => {
  const { id, name, metadata = {}, apis = [] } = written
  const members = isObject(metadata) ? Object.entries(metadata) : []
  const byMember = members.map(([member, value]) => ({ member, value, faults: faultsOfMember(member, value) }))
  const apiFaults = faultsOf('apis', Type.Array(ApiResource, { maxItems: 50, uniqueItems: true }), apis)
  return {
    id: String(id),
    name: String(name),
    metadata: Object.fromEntries(
      byMember.filter(({ faults }) => faults.length === 0).map(({ member, value }) => [member, value]),
    ),
    apis: apiFaults.length === 0 ? (apis as string[]) : [],
    faults: [
      ...faultsOfId(id),
      ...faultsOf('name', ClientName, name),
      ...(isObject(metadata) ? [] : [{ field: 'metadata', why: 'must be an object' }]),
      ...byMember.flatMap(({ faults }) => faults),
      ...apiFaults,
    ],
  }
}
