import { Provider } from 'oidc-provider'
import { hashOf } from '#kernel'
import type { OidcDeps } from '../deps.ts'
import { requestIdOf } from '../library/request-id.ts'

/** How much longer an id is remembered than it would be good for, in seconds: clocks differ. */
const margin = 60

/** Who repeats an assertion, or a proof with its token, held it before. With no client to prove itself, anybody may repeat a proof. */
const isWorthRecording = (): boolean => Provider.ctx?.oidc.client?.clientAuthMethod !== 'none'

/**
 * Whether the id of a client's assertion or proof comes for the first time; from now on it does not. The library finds and
 * then saves; of two at once both would pass. One insert that fails on conflict does not.
 */
export const usedOnce =
  ({ store, recordAlone }: Pick<OidcDeps, 'store' | 'recordAlone'>) =>
  async (client: string, id: string, until: number): Promise<boolean> => {
    if (await store.isNew(hashOf(`${client} ${id}`), new Date((until + margin) * 1000))) return true
    const details = { at: Provider.ctx?.oidc.route ?? '' }
    if (isWorthRecording())
      await recordAlone({ type: 'replay-refused', outcome: 'refused', client, requestId: requestIdOf(), details })
    return false
  }
