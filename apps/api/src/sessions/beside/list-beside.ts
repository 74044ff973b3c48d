import { hashOf } from '#kernel'
import type { LiveSessionDeps } from '../deps.ts'
import { limitsAt } from '../rules.ts'
import type { LiveSession } from '../store.ts'

/** The live sessions of people of the sandbox in a browser, the oldest first. Looking at them is no activity. */
export const listBeside =
  ({ store, now, policy }: LiveSessionDeps) =>
  (browserSecret: string): Promise<LiveSession[]> =>
    store.besideIn(hashOf(browserSecret), limitsAt(now(), policy))
