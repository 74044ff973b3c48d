import type { LimitName } from './route.ts'
import type { Visit } from './visit.ts'

/** What bounds floods. `limits` supplies it. */
export interface Bounds {
  /** @throws TooMany */
  take: (kind: LimitName | 'person' | 'client' | 'begin-in-all', who: string) => void
}

/** Everybody. */
const all = 'all'

/**
 * Lets an address have one more of what anyone may have. What is written for nobody in particular is bounded in all.
 * @throws TooMany
 */
export const admitAddress = ({ take }: Bounds, limit: LimitName, network: string): void => {
  take(limit, network)
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
