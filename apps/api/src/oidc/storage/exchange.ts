import { errors, Provider } from 'oidc-provider'
import { notes } from '#kernel'
import type { OidcDeps } from '../deps.ts'
import { requestIdOf } from '../library/request-id.ts'
import type { Artifacts, New } from './store.ts'

/** A code or a refresh token, and where it is kept. */
interface Spendable {
  artifacts: Artifacts
  kind: string
  hash: Buffer
}

/** What the request at hand gives for one that it consumes. */
interface Exchange extends Spendable {
  given: New[]
  deps: Pick<OidcDeps, 'sessions' | 'now'>
}

const exchanges = notes<object, Exchange>()

/** What the request at hand exchanges, if it does. */
export const exchangeUnderWay = (): Exchange | undefined => Provider.ctx && exchanges.get(Provider.ctx)

/**
 * Begins to exchange a code or a refresh token, where the request at hand is one for tokens. The library consumes first,
 * and then keeps token by token what it gives; all of it is done in one statement when its answer stands.
 * @returns false where nothing is exchanged
 */
export const beginExchange = (deps: Exchange['deps'], what: Spendable): boolean => {
  if (Provider.ctx?.oidc.route !== 'token') return false
  exchanges.set(Provider.ctx, { ...what, deps, given: [] })
  return true
}

/**
 * Refuses what somebody else was first with: one of the two stole it (RFC 9700 §4.5, §4.14).
 * @throws InvalidGrant
 */
export const refuseSecondUse = async (
  { sessions }: Pick<OidcDeps, 'sessions'>,
  { artifacts, kind, hash }: Spendable,
): Promise<never> => {
  const found = await artifacts.find(kind, hash)
  if (found?.grantId) await sessions.revokeGrant(found.grantId, 'used-twice', requestIdOf())
  throw new errors.InvalidGrant(`${kind} already consumed`)
}

const endExchange = async (isGiven: boolean): Promise<void> => {
  const exchange = exchangeUnderWay()
  if (!exchange) return
  const { artifacts, kind, hash, given, deps } = exchange
  if (!(await artifacts.exchange(kind, hash, deps.now(), isGiven ? given : []))) await refuseSecondUse(deps, exchange)
}

/**
 * Has the library answer a request for tokens, and ends the exchange that it begins in doing so. What it consumed before
 * it refused is consumed for nothing.
 * @throws InvalidGrant where somebody else was first; nothing is kept then, and the answer is not sent
 */
export const completingExchange = async (answer: () => unknown): Promise<void> => {
  try {
    await answer()
  } catch (error) {
    await endExchange(false)
    throw error
  }
  await endExchange(true)
}
