import { Provider } from 'oidc-provider'
import type { OidcDeps } from '../deps.ts'
import { perRequest } from '../library/per-request.ts'

const grantsOfPeople: unknown[] = ['authorization_code', 'refresh_token']

/**
 * Whether the request at hand is a person at work: redeeming a code, refreshing, or asking who they are. An API that has a
 * token looked at, or one server that asks another, keeps nobody signed in; a new authorization is noted when it joins.
 */
export const isActivity = (): boolean => {
  const { route, params } = Provider.ctx?.oidc ?? {}
  return route === 'userinfo' || (route === 'token' && grantsOfPeople.includes(params?.['grant_type']))
}

/** Whether the library made up a session for a browser that has none: it is in no table of ours, and need not be looked for. */
const isMadeUp = (): boolean => {
  const { session } = Provider.ctx?.oidc ?? {}
  return session !== undefined && !session.accountId
}

/** What the library and we look up over and over within one request. */
export const createLookups = ({ sessions, findPersonByStaffId }: OidcDeps) => ({
  session: perRequest(async (secret) => (isMadeUp() ? undefined : sessions.lookAtSession(secret))),
  grant: perRequest((id) => sessions.findGrant(id, isActivity())),
  person: perRequest(findPersonByStaffId),
})

export type Lookups = ReturnType<typeof createLookups>
