import { type Visit, visitor } from '#http'

/** Whoever does a deed about somebody, for the deed itself and for the audit. */
export interface By {
  /** A person's row id. */
  actor: string
  requestId?: string | undefined
}

/** The agent who makes the request. */
export const byVisitor = (visit: Visit): By => ({ actor: visitor(visit).personId, requestId: visit.requestId })
