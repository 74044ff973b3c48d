import type { AuditEntry } from '@fobwatch/contracts'

interface Fact {
  key: string
  value: string
}

/** `assuranceLevel` as "Assurance level". */
const nameOf = (field: string): string => {
  const words = field
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase()
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

const wordsOf = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return 'None'
  if (Array.isArray(value)) return value.map(wordsOf).join(', ') || 'None'
  return typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value)
}

const of = (fields: Readonly<Record<string, unknown>> | null): Fact[] =>
  Object.entries(fields ?? {}).map(([field, value]) => ({ key: nameOf(field), value: wordsOf(value) }))

/** Everything else that the log has of an event: for support, in the words of the log itself. */
export const factsOf = ({ client, personal, details, type, requestId, id }: AuditEntry): Fact[] => [
  ...(client ? [{ key: 'Application', value: client.name ?? client.id }] : []),
  ...of(personal),
  ...of(details),
  { key: 'Name in the log', value: type },
  ...(requestId ? [{ key: 'Reference for support', value: requestId }] : []),
  { key: 'Number in the log', value: id },
]
