/** Everything that is recorded, by name. The list is closed: a new deed gets its name here first. */
export type EventType =
  | 'person-created'
  | 'person-changed'
  | 'person-suspended'
  | 'person-reinstated'
  | 'person-closed'
  | 'person-reopened'
  | 'person-erased'
  | 'person-exported'
  | 'person-forgotten'
  | 'identity-proved'
  | 'professional-membership-kept'
  | 'invitation-issued'
  | 'invitations-voided'
  | 'short-code-refused'
  | 'pass-used'
  | 'authenticator-enrolled'
  | 'enrolment-refused'
  | 'authenticator-added'
  | 'authenticator-renamed'
  | 'authenticator-removed'
  | 'authenticator-suspended'
  | 'authenticator-reinstated'
  | 'authenticator-revoked'
  | 'authenticator-expired'
  | 'authenticator-expiry-set'
  | 'authenticator-judged-again'
  | 'authenticator-copied'
  | 'backup-state-changed'
  | 'signed-in'
  | 'sign-in-refused'
  | 'reasserted'
  | 'stronger-check-declined'
  | 'role-chosen'
  | 'account-chosen'
  | 'signed-out'
  | 'signed-out-elsewhere'
  | 'tokens-revoked'
  | 'logout-tested'
  | 'token-exchanged'
  | 'replay-refused'
  | 'organisation-added'
  | 'organisation-changed'
  | 'workgroup-added'
  | 'workgroup-changed'
  | 'catalogue-loaded'
  | 'position-created'
  | 'position-changed'
  | 'position-assigned'
  | 'assignment-changed'
  | 'assignment-ended'
  | 'duty-granted'
  | 'desk-searched'
  | 'person-viewed'
  | 'desk-refused'
  | 'request-raised'
  | 'request-approved'
  | 'request-rejected'
  | 'request-withdrawn'
  | 'request-cancelled'
  | 'request-used'
  | 'report-read'
  | 'intake-previewed'
  | 'intake-done'
  | 'feed-read'
  | 'feed-refused'
  | 'directory-read'
  | 'audit-read'
  | 'audit-exported'
  | 'audit-checked'
  | 'policy-previewed'
  | 'policy-changed'
  | 'client-registered'
  | 'client-changed'
  | 'client-disabled'
  | 'client-enabled'
  | 'client-secret-added'
  | 'client-secret-ended'
  | 'api-defined'
  | 'anchor-added'
  | 'anchor-removed'
  | 'metadata-loaded'
  | 'metadata-refused'
  | 'signing-key-made'
  | 'signing-key-revoked'

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
