import { migrationNames } from './migrate.ts'
import type { Store } from './open-store.ts'
import { statement } from './statement.ts'

/** What may be said of a database that answers. */
export type DatabaseState = 'ready' | 'behind' | 'read-only'

// One that is newer than this service serves it all the same: it was migrated while this instance waits for its turn.
const look = statement<[string[]], { applied: number; readOnly: boolean }>(
  'store:look',
  `select count(distinct migration_name) as applied, current_setting('transaction_read_only') = 'on' as "readOnly"
   from _prisma_migrations
   where migration_name = any($1) and finished_at is not null and rolled_back_at is null`,
)

/**
 * Looks whether a database can be worked with: it answers, takes writes, and has every migration of this version.
 * @throws what the database, or the lack of it, throws
 */
export const databaseState = async (store: Store): Promise<DatabaseState> => {
  const names = await migrationNames()
  const row = await store.row(look, [names])
  if (!row || row.applied < names.length) return 'behind'
  return row.readOnly ? 'read-only' : 'ready'
}
