import { randomBytes } from 'node:crypto'
import { openStore, type Store, statement } from '@fobwatch/store'
import {
  createMetadataAuthority,
  createTestDatabase,
  type FakeClock,
  fakeClock,
  type MetadataAuthority,
} from '@fobwatch/testkit'
import { createAudit, type Details } from '#audit'
import { type Assurance, createAssurance } from './index.ts'

/** Whoever publishes metadata in the tests of this room. */
export const publisher = createMetadataAuthority({ algorithm: 'ES256' })

/** A database with the room on it, as many times as is asked. */
export interface Stage {
  store: Store
  clock: FakeClock
  /** What was told of metadata that is not believed. */
  told: unknown[]
  /** What was recorded of a type, oldest first. */
  recorded: (type: string) => Promise<Details[]>
  /** Opens another instance. */
  open: (metadata?: { file?: string; url?: string; authority?: MetadataAuthority }) => Promise<Assurance>
  close: () => Promise<void>
}

export const setStage = async (): Promise<Stage> => {
  const database = await createTestDatabase()
  const store = openStore({ url: database.url })
  const clock = fakeClock('2026-11-25T12:00:00Z')
  const audit = createAudit({ store, key: randomBytes(32), now: clock.now })
  const told: unknown[] = []
  const events = statement<[string], { details: Details }>(
    'test:events',
    'select details from audit_event where type = $1 order by seq',
  )
  const recorded = async (type: string) => (await store.rows(events, [type])).map(({ details }) => details)
  const open: Stage['open'] = ({ file, url, authority = publisher } = {}) =>
    createAssurance({
      ...{ ...audit, store, now: clock.now, inTransaction: store.inTransaction },
      metadata: { file, url, roots: [authority.root], signer: authority.hostName, graceDays: 14 },
      findOrganisation: async () => undefined,
      onUnbelieved: (error) => void told.push(error),
    })
  const close = async () => {
    await store.close()
    await database.drop()
  }
  return { store, clock, told, recorded, open, close }
}
