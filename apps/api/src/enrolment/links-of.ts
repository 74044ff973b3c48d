import type { DeskPerson } from '@fobwatch/contracts'
import type { Deps } from './deps.ts'
import { stateOf } from './rules.ts'

type Link = DeskPerson['links'][number]

/** The last ten links that were made for a person, the newest first, and what has become of each. */
export const linksOf =
  ({ store, now }: Pick<Deps, 'store' | 'now'>) =>
  async (personId: string): Promise<Link[]> =>
    (await store.sentTo(personId, now())).map(({ id, createdAt, ...life }) => ({
      id,
      createdAt: createdAt.toISOString(),
      expiresAt: life.expiresAt.toISOString(),
      state: stateOf(life, now()),
    }))
