/**
 * The scenarios: what is measured of every contender that can do it, each in a folder of its own. To add one, export a
 * `Scenario` from there and name it below. `prepare` is not measured; the deed that it returns is, again and again, many at
 * a time, so that a deed takes from nobody else's.
 */
import type { Scenario } from './scenario.ts'
import { signIn } from './sign-in/index.ts'

export type { Scenario } from './scenario.ts'

export const scenarios: readonly Scenario[] = [signIn]
