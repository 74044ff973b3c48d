/**
 * The contenders: services that sign people in, each behind one interface (`contender.ts`). To add one, give it a folder
 * with an `index.ts` that exports a `Contender`, and name it in the list below: `start` makes its tables in the database that
 * it is handed, enrols people, registers the application and launches its process; `logIn` is what its own page does over
 * HTTP. All else of the load is OpenID Connect, and the same for everyone.
 */
import { contenderOf } from './adapter/index.ts'
import { betterAuth } from './better-auth/index.ts'
import type { Contender } from './contender.ts'
import { floor } from './floor/index.ts'
import { fobwatch } from './fobwatch/index.ts'

export type { Adapter } from './adapter/adapter.ts'
export type { Application, Contender, Endpoints, Enrolment, Person, Running, Setting } from './contender.ts'
export { contenderOf, fobwatch }

export const contenders: readonly Contender[] = [fobwatch, floor, betterAuth]
