import { createHash } from 'node:crypto'
import type { CatalogueFile, CataloguePreview, Fault } from '@fobwatch/contracts'
import { type Now, newId, Refusal, type Transaction } from '#kernel'
import { type Affected, compareCatalogues } from './compare-catalogues.ts'
import { type LoadedCatalogue, readCatalogue } from './read-catalogue.ts'
import type { CatalogueStore } from './store.ts'

interface Deps {
  store: CatalogueStore
  now: Now
}

const mostListed = 200
const nothing = { added: [], changed: [], removed: [] }

const unread = (faults: Fault[]): CataloguePreview => ({
  ...{ faults, roles: nothing, activities: nothing, positions: [] },
  ...{ losing: { positions: 0, people: 0 }, gaining: { positions: 0, people: 0 }, digest: digestOf(faults) },
})

const digestOf = (...all: unknown[]): string => createHash('sha256').update(JSON.stringify(all)).digest('hex')

const countOf = async ({ store, now }: Deps, some: Affected[], tx?: Transaction) => ({
  positions: some.length,
  people: await store.peopleIn(
    some.map(({ position }) => position.id),
    now(),
    tx,
  ),
})

const looked = async (deps: Deps, after: LoadedCatalogue, tx?: Transaction): Promise<CataloguePreview> => {
  const before = await deps.store.current(tx)
  const { roles, activities, affected, held } = compareCatalogues(
    before,
    after,
    await deps.store.profiles(deps.now(), tx),
  )
  const faults = held.slice(0, mostListed).map(({ code, position, organisation }) => ({
    field: code,
    why: `${position} at ${organisation.name} (${organisation.code}) has it. It cannot go before that position lets it go.`,
  }))
  return {
    ...{ faults, roles, activities },
    positions: affected.slice(0, mostListed).map(({ position: { name, organisation, people }, loses, gains }) => ({
      ...{ name, organisation, people, loses, gains },
    })),
    losing: await countOf(
      deps,
      affected.filter(({ loses }) => loses.length > 0),
      tx,
    ),
    gaining: await countOf(
      deps,
      affected.filter(({ gains }) => gains.length > 0),
      tx,
    ),
    digest: digestOf(after, roles, activities, affected, held),
  }
}

/** Says what a catalogue in a file would change, or everything that keeps it from being taken, by row. */
export const previewCatalogue =
  (deps: Deps) =>
  async (file: CatalogueFile): Promise<CataloguePreview> => {
    const { catalogue, faults } = readCatalogue(file)
    return catalogue ? looked(deps, catalogue) : unread(faults)
  }

/**
 * Puts the catalogue in a file in the place of the one there is; from then on it stays, whatever version of the service
 * starts. Duties are no part of it: they come with the version. The caller records it.
 * @param digest of the preview that somebody looked at; without it, whatever it changes is changed
 * @throws Refusal `file_invalid` with every fault, one for each position that has something which would go;
 *   `catalogue_changed` where it would change something else than was looked at
 */
export const replaceCatalogue =
  (deps: Deps) =>
  async (tx: Transaction, file: CatalogueFile, by: string | null, digest?: string): Promise<CataloguePreview> => {
    const { catalogue, faults } = readCatalogue(file)
    if (!catalogue) throw new Refusal('file_invalid', undefined, [], faults)
    await deps.store.lock(tx)
    const preview = await looked(deps, catalogue, tx)
    if (preview.faults.length > 0) throw new Refusal('file_invalid', undefined, [], preview.faults)
    if (digest !== undefined && digest !== preview.digest) throw new Refusal('catalogue_changed')
    await deps.store.replace(tx, catalogue, { id: newId(), by, at: deps.now(), digest: preview.digest })
    return preview
  }
