import type { SentLink } from '@fobwatch/contracts'
import type { Deps } from './deps.ts'
import { stateOf } from './rules.ts'
import type { SentRow } from './store.ts'

/** A link, code or pass for the desk, as it stands. */
export const asSent = ({ id, channel, how, device, createdAt, ...life }: SentRow, now: Date): SentLink => ({
  ...{ id, channel, how, device },
  createdAt: createdAt.toISOString(),
  expiresAt: life.expiresAt.toISOString(),
  state: stateOf(life, now),
})

/** The last ten links, codes and passes that were made for a person, the newest first, and what has become of each. */
export const linksOf =
  ({ store, now }: Pick<Deps, 'store' | 'now'>) =>
  async (personId: string): Promise<SentLink[]> =>
    (await store.sentTo(personId, now())).map((row) => asSent(row, now()))
