import { isRefusal } from '#kernel'
import type { LimitName } from './route.ts'
import type { Visit } from './visit.ts'

type Flood = LimitName | 'person' | 'client' | 'known' | 'begin-in-all'

/** What bounds floods. `limits` supplies it. */
export interface Bounds {
  /** @throws TooMany */
  take: (kind: Flood, who: string) => void
  /** Takes nothing. @throws TooMany where there is nothing left */
  refuse: (kind: Flood, who: string) => void
  /** Takes one, whether or not there is one left. */
  spend: (kind: Flood, who: string) => void
}

/** Tells browsers that were logged in with before from others. `limits` supplies it. */
export interface KnownBrowsers {
  /** What such a browser is to keep of its person, where that is not what it keeps. */
  renew: (kept: string | undefined, personId: string) => string | undefined
  idOf: (kept: string | undefined) => string | undefined
}

/** Everybody. */
const all = 'all'

/** The id of the browser that a request came from, where it was logged in with before. */
type Known = () => string | undefined

/** Where there is no more of something, a browser that was logged in with before has a little of its own. */
const orAsKnown = (bound: Bounds['take'], flood: Flood, who: string, known: Known): void => {
  try {
    bound(flood, who)
  } catch (error) {
    const id = isRefusal(error, 'too_many') ? known() : undefined
    if (id === undefined) throw error
    bound('known', id)
  }
}

/**
 * Lets an address have one more of what anyone may have; where it has had too much, a browser that was logged in with
 * before has a little of its own, so that a flood from a hospital's address keeps nobody out who works there. What is
 * written for nobody in particular is bounded in all, and such a browser is let in there too.
 * @param known the id of such a browser
 * @param leavesRow whether a row is left by it that nobody may ever come back to
 * @throws TooMany
 */
export const admitAddress = (
  { take }: Bounds,
  limit: LimitName,
  network: string,
  known: Known,
  leavesRow = limit === 'begin',
): void => {
  orAsKnown(take, limit, network, known)
  if (leavesRow) orAsKnown(take, 'begin-in-all', all, known)
}

/**
 * Lets somebody ask for what leaves a row if it is granted, as `admitAddress` does for what always leaves one. What is refused
 * costs the others nothing: whoever asks for nonsense would else use up what all have together.
 * @param onGranted is given what counts the row, to call when it is left
 * @throws TooMany
 */
export const admitRow = (
  { take, refuse, spend }: Bounds,
  known: Known,
  onGranted: (count: () => void) => void,
): void => {
  const look: Bounds['take'] = (flood, who) => {
    if (flood === 'known') return take(flood, who)
    refuse(flood, who)
    onGranted(() => spend(flood, who))
  }
  orAsKnown(look, 'begin-in-all', all, known)
}

/**
 * Runs a guard that finds out who comes. Whoever it does not let in counts against their address like any question, and where
 * there were too many of those it is not run: a session or a token that somebody made up costs a look at the database. Whoever
 * it lets in takes nothing of their address.
 * @throws TooMany and what the guard throws
 */
export const admitByGuard = async <T>(
  bounds: Bounds,
  network: string,
  known: Known,
  guard: () => Promise<T>,
): Promise<T> => {
  orAsKnown(bounds.refuse, 'ask', network, known)
  try {
    return await guard()
  } catch (error) {
    if (isRefusal(error)) orAsKnown(bounds.take, 'ask', network, known)
    throw error
  }
}

/**
 * Lets whoever the guard found have one more: a person who is signed in, or an application with its token.
 * @throws TooMany
 */
export const admitKnown = ({ take }: Bounds, { signedIn, application }: Visit): void => {
  if (signedIn) take('person', signedIn.personId)
  if (application) take('client', application.clientId)
}
