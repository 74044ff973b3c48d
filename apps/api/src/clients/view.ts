import type { ClientList, ClientSecret, ClientSummary, DeskClient, FindClients } from '@fobwatch/contracts'
import { Refusal, type Transaction } from '#kernel'
import type { ClientDeps } from './deps.ts'
import type { SecretRow } from './secrets/store.ts'
import type { ClientRow } from './store.ts'

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

const summaryOf = ({ id, name, version, disabledAt, metadata, updatedAt }: ClientRow): ClientSummary => ({
  id,
  name,
  version,
  status: statusOf(disabledAt),
  sandbox: metadata.sandbox ?? false,
  updatedAt: updatedAt.toISOString(),
})

/** Every client, by its name, for a command. */
export const listClients =
  ({ store }: Pick<ClientDeps, 'store'>) =>
  async (): Promise<ClientSummary[]> =>
    (await store.list()).map(summaryOf)

const pageLength = 50

/** A page of the clients whose name or id has what was typed, by name. */
export const findClients =
  ({ store }: Pick<ClientDeps, 'store'>) =>
  async ({ search, only, after }: FindClients): Promise<ClientList> => {
    const wanted = { text: search?.trim() ?? null, only: only ?? null }
    const [rows, total] = [await store.search(wanted, after ?? null, pageLength + 1), await store.count(wanted)]
    const page = rows.slice(0, pageLength)
    return { clients: page.map(summaryOf), next: rows.length > pageLength ? (page.at(-1)?.id ?? null) : null, total }
  }
