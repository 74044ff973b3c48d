/**
 * The scenarios: what is measured of every contender that can do it, each in a folder of its own. To add one, export a
 * `Scenario` from there and name it below. `prepare` is not measured; the deed that it returns is, again and again, many at
 * a time, so that a deed takes from nobody else's.
 */
import { clientCredentials } from './client-credentials/index.ts'
import { enrolment } from './enrolment/index.ts'
import { introspection } from './introspection/index.ts'
import { refresh } from './refresh/index.ts'
import type { Scenario } from './scenario.ts'
import { signIn } from './sign-in/index.ts'
import { singleSignOn } from './single-sign-on/index.ts'
import { startUp } from './start-up/index.ts'

export type { Prepared, Scenario } from './scenario.ts'

export { prepareSignIn } from './sign-in/index.ts'

export const scenarios: readonly Scenario[] = [
  signIn,
  singleSignOn,
  refresh,
  clientCredentials,
  introspection,
  enrolment,
  startUp,
]
