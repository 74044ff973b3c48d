import type { OidcDeps } from './deps.ts'
import { perRequest } from './per-request.ts'

/** What the library and we look up over and over within one request. */
export const createLookups = ({ sessions, findPersonByStaffId }: OidcDeps) => ({
  session: perRequest(sessions.findLiveSession),
  grant: perRequest(sessions.findGrant),
  person: perRequest(findPersonByStaffId),
})

export type Lookups = ReturnType<typeof createLookups>
