import type { Visit } from '#http'

/** A session in which a sign-in ends. */
export interface SignedInAs {
  staffId: string
  sessionId: string
  authenticatedAt: Date
  /** Whether its last assertion may count for this sign-in, if it was made since that began: see `isProvedFor`. */
  isProved: boolean
}

/** The classes of `acr` of which one is asked for and none is reached. */
export interface Lack {
  acrs: readonly string[]
  /** Whether the application takes nothing less. */
  demanded: boolean
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
  /**
   * `assertion`: the person must use their device, whatever session there is. `account`: they must too, unless they choose
   * one of the people of the sandbox who are signed in here. `stronger`: the session does but for how sure we are. `role`:
   * only the role is missing.
   */
  needs: 'assertion' | 'account' | 'stronger' | 'role'
  /** Whether the application is for tries only. */
  sandbox: boolean
  /** Whether the application asked for a role. */
  wantsRole: boolean
  /** Whether a role that was chosen before counts for nothing. */
  rolesAfresh: boolean
  /** Whom the application expects, in its own words: anybody can have written them, and they say nothing of who exists. */
  hint: string | null
  startedAt: Date
  /** The session that does but for what is needed; null where an assertion is. */
  begunIn: string | null
  /** What a check of this class leaves to ask for; nothing where it is all that was asked. */
  lackOf(acr: string): Lack | undefined
  /** Ends the sign-in. @returns where the browser goes on to */
  finish(as: SignedInAs): Promise<string>
  /** Goes on as somebody who was chosen, and proved nothing now. @returns where the browser goes on to */
  choose(as: SignedInAs): Promise<string>
  /** Ends it without the stronger check that was wished for. @returns where the browser goes on to */
  goOnWithout(as: SignedInAs): Promise<string>
  /** Ends it because what was demanded was not reached. @returns where the browser goes back to */
  giveUp(as: SignedInAs): Promise<string>
  /** Ends it without anybody. @returns where the browser goes back to */
  leave(): Promise<string>
}

/**
 * Finds the sign-in with this id, if it was begun in this very browser and has not ended. An id alone, seen over a
 * shoulder or sent in a link, finds nothing.
 */
export type FindInteraction = (id: string, visit: Visit) => Promise<Interaction | undefined>

/** The sign-in for our own pages, which no application began. */
export const ownPages = 'fobwatch'

const home = async () => '/'

export const ownInteraction = (now: Date): Interaction => ({
  id: ownPages,
  clientId: null,
  application: null,
  needs: 'assertion',
  sandbox: false,
  wantsRole: false,
  rolesAfresh: false,
  hint: null,
  startedAt: now,
  begunIn: null,
  lackOf: () => undefined,
  finish: home,
  choose: home,
  goOnWithout: home,
  giveUp: home,
  leave: home,
})
