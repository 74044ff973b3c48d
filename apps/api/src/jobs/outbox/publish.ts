import { type Fact, type Now, newId, type Transaction } from '#kernel'
import type { OutboxStore } from './store.ts'

/** Puts a fact into the outbox in its deed's transaction, so that neither is stored without the other. */
export type Publish = (tx: Transaction, fact: Fact) => Promise<void>

/** Publishes a fact: whoever delivers its kind is handed it within about a second after the deed is stored. */
export const publish =
  ({ store, now }: { store: OutboxStore; now: Now }): Publish =>
  async (tx, fact) => {
    await store.add(tx, newId(), fact, now())
  }
