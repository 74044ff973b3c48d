import { hashOf, newId, newSecret, Refusal, type Transaction } from '#kernel'
import type { ClientDeps } from '../deps.ts'
import { hasSecrets } from '../registration/rules.ts'
import type { SecretRow } from './store.ts'

/** How long older secrets hold beside a new one, in seconds, unless somebody says otherwise. */
const usualOverlap = 7 * 24 * 3600
const most = 5

export interface AddedSecret extends SecretRow {
  /** Shown once: only its hash is kept. */
  secret: string
}

/** Makes a secret, beside those there are. */
export const makeSecret = async (
  { store, now }: Pick<ClientDeps, 'store' | 'now'>,
  tx: Transaction,
  clientId: string,
): Promise<AddedSecret> => {
  const added = { id: newId(), secret: newSecret(), createdAt: now(), endsAt: null }
  await store.addSecret(tx, { id: added.id, clientId, hash: hashOf(added.secret), at: added.createdAt })
  return added
}

/**
 * Gives a client another secret. Its older ones end after the overlap, so that it can be brought into use meanwhile.
 * @param overlapSeconds 0 ends them at once
 * @throws Refusal `not_found`; `client_without_secrets` for one that proves itself otherwise; `client_secrets_full` when five
 *   would overlap
 */
export const addSecret =
  ({ store, now }: Pick<ClientDeps, 'store' | 'now'>) =>
  async (tx: Transaction, clientId: string, overlapSeconds = usualOverlap): Promise<AddedSecret> => {
    await store.lock(tx, clientId)
    const client = await store.findAny(clientId, tx)
    if (!client) throw new Refusal('not_found')
    if (!hasSecrets(client.metadata)) throw new Refusal('client_without_secrets')

    const added = await makeSecret({ store, now }, tx, clientId)
    await store.endOthers(tx, clientId, added.id, new Date(added.createdAt.getTime() + overlapSeconds * 1000))
    if ((await store.liveSecrets(clientId, added.createdAt, tx)).length > most) throw new Refusal('client_secrets_full')
    return added
  }

/**
 * Ends a secret of a client's at once.
 * @throws Refusal `not_found` for a secret that is not there, or has ended
 */
export const endSecret =
  ({ store, now }: Pick<ClientDeps, 'store' | 'now'>) =>
  async (tx: Transaction, clientId: string, secretId: string): Promise<void> => {
    if ((await store.endSecret(tx, clientId, secretId, now())) === 0) throw new Refusal('not_found')
  }
