import type { FastifyReply, FastifyRequest } from 'fastify'

/** Whoever is signed in, as far as a guard found out. `sessions` supplies it. */
export interface SignedIn {
  sessionId: string
  personId: string
  staffId: string
  authenticatorId: string
  assuranceLevel: number
  authenticatedAt: Date
  assignmentId: string | null
}

/** An application that came with an access token of its own. `oidc` supplies it. */
export interface Application {
  clientId: string
  /** For tries only: it meets fictional people and nobody else. */
  sandbox: boolean
  /** The ODS code of the organisation that it feeds, where it is an HR system's. */
  feedOrganisation: string | undefined
}

/** What a request brings beside its input. */
export interface Visit {
  /** Names this request in the log and in the audit. */
  requestId: string
  userAgent: string | undefined
  /** Where it comes from, one name for all spellings of one address: the address, or the /64 of it. */
  network: string
  /** Whoever is signed in; there behind every guard but `anyone`, which does not look. */
  signedIn: SignedIn | undefined
  /** The application that came; there behind the guards `token:…`, which note it here. */
  application: Application | undefined
  /** The secret of the session cookie, if the browser sent one. */
  sessionSecret: string | undefined
  /** The secret of this browser, which a ceremony in progress is bound to; made when it is first asked for. */
  browser(): string
  /** Whether this browser is marked as one that several people use. */
  isShared: boolean
  markShared(shared: boolean): void
  /** The secret of a temporary pass, if the browser sent one. */
  passSecret: string | undefined
  setPassCookie(secret: string): void
  clearPassCookie(): void
  /** Marks the browser as one that this person logged in with, too. */
  setSessionCookie(secret: string, personId: string): void
  clearSessionCookie(): void
  /** The raw pair, for the one room that hands it to a library. */
  raw: { request: FastifyRequest; reply: FastifyReply }
}

/** The application behind a guard that lets only applications through. */
export const applicationOf = (visit: Visit): Application => {
  if (!visit.application) throw new Error('A route that needs an application has another guard than `token:…`')
  return visit.application
}

/** The person behind a guard that lets only signed-in people through. */
export const visitor = (visit: Visit): SignedIn => {
  if (!visit.signedIn) throw new Error('A route that needs a person has the guard `anyone`')
  return visit.signedIn
}
