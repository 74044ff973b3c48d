import type { AuditEntry } from '@fobwatch/contracts'

interface Fact {
  key: string
  value: string
}

/** What people call some of what the log has. */
const called: Record<string, string> = {
  because: 'Reason',
  sessions: 'Sessions ended',
  as: 'Done as',
  how: 'How they were seen',
  authenticator: 'Device',
  invitation: 'Link, code or pass',
  assuranceLevel: 'Check',
  amr: 'How they proved it',
  acr: 'Check, for applications',
  userAgent: 'Browser',
  ip: 'IP address',
}

/** `maxLevel` as "Max level". */
const nameOf = (field: string): string => {
  const known = called[field]
  if (known) return known
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

const isId = (value: unknown): boolean =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)

/** What is said, or where `ids` is true what says nothing to people and is for support alone. */
const of = (fields: Readonly<Record<string, unknown>> | null, ids: boolean): Fact[] =>
  Object.entries(fields ?? {})
    .filter(([, value]) => isId(value) === ids)
    .map(([field, value]) => ({ key: ids ? `${nameOf(field)} id` : nameOf(field), value: wordsOf(value) }))

/** Everything else that the log has of an event: for support, in the words of the log itself. */
export const factsOf = ({ client, personal, details, type, requestId, id }: AuditEntry): Fact[] => [
  ...(client ? [{ key: 'Application', value: client.name ?? client.id }] : []),
  ...of(personal, false),
  ...of(details, false),
  { key: 'Name in the log', value: type },
  ...of(personal, true),
  ...of(details, true),
  ...(requestId ? [{ key: 'Reference for support', value: requestId }] : []),
  { key: 'Number in the log', value: id },
]
