import { randomBytes } from 'node:crypto'
import type { Store } from '@fobwatch/store'
import { createKeys, longestTokenSeconds, sealedVault } from '#keys'

type Deps = Parameters<typeof createKeys>[0]

/** The rotation of these tests: the defaults of the configuration. */
const rotation = { days: 90, leadHours: 48, longestTokenSeconds: longestTokenSeconds(720) }

/** Opens the room as one instance does, with no audit log beside it. */
export const openKeys = (store: Store, some: Partial<Deps> = {}) =>
  createKeys({
    store,
    vault: sealedVault(randomBytes(32)),
    rotation,
    now: () => new Date(),
    inTransaction: store.inTransaction,
    record: async () => {},
    ...some,
  })
