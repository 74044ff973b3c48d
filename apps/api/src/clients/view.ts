import type { ClientList, ClientSecret, DeskClient } from '@fobwatch/contracts'
import { Refusal, type Transaction } from '#kernel'
import type { ClientDeps } from './deps.ts'
import type { SecretRow } from './secrets/store.ts'

type Needs = Pick<ClientDeps, 'store' | 'now'>

export const secretView = ({ id, createdAt, endsAt }: SecretRow): ClientSecret => ({
  id,
  createdAt: createdAt.toISOString(),
  endsAt: endsAt?.toISOString() ?? null,
})

const statusOf = (disabledAt: Date | null) => (disabledAt ? 'disabled' : 'enabled')

/**
 * A client as operators see it.
 * @throws Refusal `not_found`
 */
export const showClient =
  ({ store, now }: Needs) =>
  async (id: string, tx?: Transaction): Promise<DeskClient> => {
    const client = await store.findAny(id, tx)
    if (!client) throw new Refusal('not_found', undefined, [`No application has the id ${id}.`])
    return {
      id: client.id,
      name: client.name,
      metadata: client.metadata,
      apis: client.resources,
      version: client.version,
      status: statusOf(client.disabledAt),
      secrets: (await store.liveSecrets(id, now(), tx)).map(secretView),
      createdAt: client.createdAt.toISOString(),
      updatedAt: client.updatedAt.toISOString(),
    }
  }

/** Every client, by its name. */
export const listClients =
  ({ store }: Needs) =>
  async (): Promise<ClientList> => ({
    clients: (await store.list()).map(({ id, name, version, disabledAt, metadata, updatedAt }) => ({
      id,
      name,
      version,
      status: statusOf(disabledAt),
      sandbox: metadata.sandbox ?? false,
      updatedAt: updatedAt.toISOString(),
    })),
  })
