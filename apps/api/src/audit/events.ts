import type { EventType } from '@fobwatch/contracts'

export type { EventType } from '@fobwatch/contracts'

/** Facts about a deed that name nobody: row ids, codes, counts. Never a staff id, a name or what somebody typed. */
export type Details = { readonly [field: string]: string | number | boolean | null | readonly string[] }

/** Facts about the person of the event that erasure must reach, such as a name or a user agent. */
export type PersonalFields = { readonly [field: string]: string | null }

interface Deed {
  type: EventType
  /** `done` unless it says otherwise. */
  outcome?: 'done' | 'refused'
  /** Who did it: the id of a person's row, or nobody when the service itself did. */
  actor?: string | null | undefined
  /** Id of a relying application. */
  client?: string | null | undefined
  requestId?: string | null | undefined
  details?: Details
}

/** A deed about a person (the id of their row), or about nobody; only the first can carry personal fields. */
export type AuditEvent =
  | (Deed & { person: string; personal?: PersonalFields | undefined })
  | (Deed & { person?: string | null | undefined; personal?: undefined })

/** An event as it is read back. */
export interface RecordedEvent {
  id: string
  at: Date
  type: string
  outcome: string
  actor: string | null
  person: string | null
  client: string | null
  requestId: string | null
  details: Details
  /** Null where there were none, and for everyone who has been forgotten. */
  personal: PersonalFields | null
}
