import { isRefusal } from '#kernel'
import type { LimitName } from './route.ts'
import type { Visit } from './visit.ts'

/** What bounds floods. `limits` supplies it. */
export interface Bounds {
  /** @throws TooMany */
  take: (kind: LimitName | 'person' | 'client' | 'known' | 'begin-in-all', who: string) => void
}

/** Tells browsers that were logged in with before from others. `limits` supplies it. */
export interface KnownBrowsers {
  /** What such a browser keeps. */
  issue: () => string
  idOf: (kept: string | undefined) => string | undefined
}

/** Everybody. */
const all = 'all'

/**
 * Lets an address have one more of what anyone may have; where it has had too much, a browser that was logged in with
 * before has a little of its own, so that a flood from a hospital's address keeps nobody out who works there. What is
 * written for nobody in particular is bounded in all.
 * @param known the id of such a browser
 * @throws TooMany
 */
export const admitAddress = (
  { take }: Bounds,
  limit: LimitName,
  network: string,
  known: () => string | undefined,
): void => {
  try {
    take(limit, network)
  } catch (error) {
    const id = isRefusal(error, 'too_many') ? known() : undefined
    if (id === undefined) throw error
    take('known', id)
  }
  if (limit === 'begin') take('begin-in-all', all)
}

/**
 * Lets whoever the guard found have one more: a person who is signed in, or an application with its token.
 * @throws TooMany
 */
export const admitKnown = ({ take }: Bounds, { signedIn, application }: Visit): void => {
  if (signedIn) take('person', signedIn.personId)
  if (application) take('client', application.clientId)
}
