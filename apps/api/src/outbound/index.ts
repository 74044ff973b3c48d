/**
 * Outbound: every call that the service makes to an address which a registration named. Owns no table and no endpoint.
 * Invariant: nothing is sent to this machine, to a private network or to any other address of special use, unless the
 * configuration names it; what counts is the address that a name leads to at the moment of the call, and no answer sends
 * us on to another one.
 * Neighbours: `oidc` fetches the keys of applications by it, the outbox's deliverers tell them of sessions that end, and
 * `clients` asks it whether an address could be called before one is registered.
 */
import { readAllowed } from './allowed.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { type Resolve, resolveBySystem } from './resolve.ts'
import { whyNotCalled } from './why-not-called.ts'

export { isAllowance } from './allowed.ts'
export type { OutboundFetch, OutboundOptions } from './guarded-fetch.ts'
export type { WhyNotCalled } from './why-not-called.ts'

/**
 * Opens the room.
 * @param allowed hosts, addresses and networks that may be called although they are not public
 * @param resolve where a name leads; as the system says, unless given
 */
export const createOutbound = ({
  allowed,
  resolve = resolveBySystem,
}: {
  allowed: readonly string[]
  resolve?: Resolve
}) => {
  const deps = { mayCall: readAllowed(allowed), resolve }
  return { fetch: guardedFetch(deps), whyNotCalled: whyNotCalled(deps) }
}

export type Outbound = ReturnType<typeof createOutbound>
