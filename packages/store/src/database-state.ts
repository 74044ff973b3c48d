import { migrationNames } from './migrate.ts'
import type { Store } from './open-store.ts'
import { statement } from './statement.ts'

/** What may be said of a database that answers. */
export type DatabaseState = 'ready' | 'behind' | 'read-only' | 'clock-off'

/** By how much its clock may differ from ours. Milliseconds. */
const tolerance = 60_000

// One that is newer than this service serves it all the same: it was migrated while this instance waits for its turn.
const look = statement<[string[]], { applied: number; readOnly: boolean; at: Date }>(
  'store:look',
  `select count(distinct migration_name) as applied, current_setting('transaction_read_only') = 'on' as "readOnly",
     clock_timestamp() as at
   from _prisma_migrations
   where migration_name = any($1) and finished_at is not null and rolled_back_at is null`,
)

/**
 * Looks whether a database can be worked with: it answers, takes writes, has every migration of this version, and
 * its clock agrees with ours. However long the answer took: it was given after we asked, and before we heard it.
 * @param now our clock
 * @throws what the database, or the lack of it, throws
 */
export const databaseState = async (store: Store, now: () => Date): Promise<DatabaseState> => {
  const names = await migrationNames()
  const asked = now().getTime()
  const row = await store.row(look, [names])
  const heard = now().getTime()
  if (!row || row.applied < names.length) return 'behind'
  if (row.readOnly) return 'read-only'
  const at = row.at.getTime()
  return at < asked - tolerance || at > heard + tolerance ? 'clock-off' : 'ready'
}
