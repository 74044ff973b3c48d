/** Why a session ended. */
export type EndedWhy =
  | 'signed-out'
  /** Its person logged it out from another device. */
  | 'signed-out-elsewhere'
  | 'replaced'
  /** It lasted as long as sessions may. */
  | 'expired'
  /** The desk logged its person out everywhere. */
  | 'person-signed-out'
  | 'person-suspended'
  | 'person-closed'
  | 'authenticator-suspended'
  | 'authenticator-revoked'
  | 'authenticator-expired'
  /** The database is a copy from an earlier time, which may not know that the session ended since. */
  | 'restored'

/** Why sessions end with the authenticator that opened them. */
export type ClosedWhy = Extract<EndedWhy, `authenticator-${string}`>

/** Why all sessions of a person end with what was done about the person. */
export type PersonEndedWhy = Extract<EndedWhy, `person-${string}`>

/** What became of an authenticator, as its holder is told. */
export type AuthenticatorChange =
  | 'added'
  | 'renamed'
  | 'suspended'
  | 'reinstated'
  | 'revoked'
  | 'expired'
  /** It was said until when it lasts, or that it lasts. */
  | 'expiry-set'

/**
 * What must be told outside the service: the closed list of what the outbox carries. Facts name nobody: ids of rows only,
 * so that whoever delivers one looks up what is true then.
 */
export type Fact =
  /** One for each application that took part; a relying application is told by back-channel logout. */
  | { kind: 'session-ended'; session: string; client: string; person: string; why: EndedWhy }
  | {
      kind: 'authenticator-changed'
      authenticator: string
      person: string
      change: AuthenticatorChange
      /** One word, such as `lost`; null where nothing was asked. */
      reason: string | null
      /** ISO 8601. */
      at: string
    }
  /** A link to set up a device that its person is mailed, at the address whose mark this is. */
  | { kind: 'invitation-mailed'; invitation: string; person: string; address: string }
  /** A temporary pass was typed in somewhere. */
  | { kind: 'pass-used'; invitation: string; person: string; at: string }
