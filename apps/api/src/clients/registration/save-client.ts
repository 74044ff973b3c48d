import type { ClientMetadata, ClientRegistration, RegisteredClient } from '@fobwatch/contracts'
import { Refusal, type Transaction } from '#kernel'
import type { ClientDeps } from '../deps.ts'
import { makeSecret } from '../secrets/add-secret.ts'
import { showClient } from '../view.ts'
import { hasSecrets, whyNoSandbox } from './rules.ts'

type Needs = Pick<ClientDeps, 'store' | 'now'>

/**
 * Registers a client that was looked at.
 * @returns it, with its first secret where it proves itself by one
 * @throws Refusal `client_taken`
 */
export const createClient =
  (deps: Needs) =>
  async (tx: Transaction, registration: ClientRegistration): Promise<RegisteredClient> => {
    const { id, metadata, apis } = registration
    if ((await deps.store.insert(tx, registration, deps.now())) === 0) throw new Refusal('client_taken')
    await deps.store.allowApis(tx, id, apis)
    const made = hasSecrets(metadata) ? await makeSecret(deps, tx, id) : undefined
    return { ...(await showClient(deps)(id, tx)), ...(made && { secret: made.secret }) }
  }

const refuseSandbox = (there: ClientMetadata | undefined, metadata: ClientMetadata): void => {
  const faults = whyNoSandbox(there, metadata)
  const sentences = faults.map(({ field, why }) => `${field} ${why}.`)
  if (faults.length > 0) throw new Refusal('client_invalid', undefined, sentences, faults)
}

/**
 * Puts a registration that was looked at in the place of the one there is. Its secrets end where it has no use for them any
 * more, so that none comes back with a later change.
 * @param version the one that was looked at
 * @throws Refusal `not_found`; `client_changed` when that is not the version there is; `client_invalid` for one that would
 *   become a sandbox
 */
export const replaceClient =
  (deps: Needs) =>
  async (tx: Transaction, registration: ClientRegistration, version: number): Promise<RegisteredClient> => {
    const { id, metadata, apis } = registration
    const at = deps.now()
    const before = await deps.store.findAny(id, tx)
    refuseSandbox(before?.metadata, metadata)
    // What was looked at here is what is replaced, whoever changes it in between.
    if (before?.version !== version || (await deps.store.replace(tx, { ...registration, version }, at)) === 0) {
      throw new Refusal(before ? 'client_changed' : 'not_found')
    }
    await deps.store.allowApis(tx, id, apis)
    if (!hasSecrets(metadata)) await deps.store.endOthers(tx, id, null, at)
    const hasNone = (await deps.store.liveSecrets(id, at, tx)).length === 0
    const made = hasSecrets(metadata) && hasNone ? await makeSecret(deps, tx, id) : undefined
    return { ...(await showClient(deps)(id, tx)), ...(made && { secret: made.secret }) }
  }
