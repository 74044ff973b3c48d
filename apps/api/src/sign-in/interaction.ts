import type { Visit } from '#http'

/** Who has signed in, as the sign-in in progress is told. */
export interface SignedInAs {
  staffId: string
  sessionId: string
  authenticatedAt: Date
}

/**
 * A sign-in in progress in this browser: an application's, or one for our own pages. Whoever starts sign-ins supplies
 * it; this room drives it to its end.
 */
export interface Interaction {
  id: string
  /** The application that began it, as its rules and the audit know it; null for our own pages. */
  clientId: string | null
  /** Whose sign-in it is, for the page; null for our own pages. */
  application: string | null
  /** `assertion`: the person must use their device, whatever session there is. `role`: only the role is missing. */
  needs: 'assertion' | 'role'
  /** Whether the application asked for a role. */
  wantsRole: boolean
  startedAt: Date
  /** Ends the sign-in. @returns where the browser goes on to */
  finish(as: SignedInAs): Promise<string>
}

/**
 * Finds the sign-in with this id, if it was begun in this very browser and has not ended. An id alone, seen over a
 * shoulder or sent in a link, finds nothing.
 */
export type FindInteraction = (id: string, visit: Visit) => Promise<Interaction | undefined>

/** The sign-in for our own pages, which no application began. */
export const ownPages = 'fobwatch'

export const ownInteraction = (now: Date): Interaction => ({
  id: ownPages,
  clientId: null,
  application: null,
  needs: 'assertion',
  wantsRole: false,
  startedAt: now,
  finish: async () => '/',
})
