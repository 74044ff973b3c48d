import { type Store, statement } from '@fobwatch/store'

export type { Store } from '@fobwatch/store'

/** So many sessions at once, so that no transaction is long. */
export const batch = 500

interface Forgotten {
  count: number
  /** When the last of them had ended; null where there was none. */
  upTo: Date | null
}

// What another instance is forgetting is passed over. Each sub-select is asked by itself, row by row, so that no plan ever
// goes through the whole table, however wrong its guess of how many rows there are. By the database's clock too: an
// instance whose own has gone ahead forgets nothing before its time.
const forget = statement<[endedFrom: Date, now: Date, keptDays: number], Forgotten>(
  'sessions:forget',
  `with old as (
     select id, ended_at from session
     where ended_at >= $1 and ended_at < least($2::timestamptz, now()) - $3::int * interval '1 day'
     order by ended_at limit ${batch} for update skip locked),
   applications as (delete from session_application where session_id = any(array(select id from old))),
   gone as (
     delete from session where id = any(array(select id from old))
     returning id, person_id, assignment_id, last_active_at),
   last as (
     insert into role_use as known (person_id, assignment_id, last_used_at)
     select person_id, assignment_id, last_active_at from gone
     where assignment_id is not null and (
       select later.id from session later
       where later.person_id = gone.person_id and later.assignment_id = gone.assignment_id
         and (later.last_active_at, later.id) > (gone.last_active_at, gone.id) limit 1) is null
     order by 1, 2
     on conflict (person_id, assignment_id) do update
       set last_used_at = greatest(known.last_used_at, excluded.last_used_at))
   select count(*)::int as count, max(ended_at) as "upTo" from old`,
  'unhurried',
)

/** The room's third table, `role_use`, and how rows of the others go. */
export const forgettingStore = (store: Store) => ({
  /**
   * Forgets those that ended from a moment on and so many days ago, the first to end first, one batch at most, with what
   * applications were given in them. Of the last one in a role it stays known when that was.
   */
  forget: async (endedFrom: Date, now: Date, keptDays: number): Promise<Forgotten> =>
    (await store.row(forget, [endedFrom, now, keptDays])) ?? { count: 0, upTo: null },
})

export type ForgettingStore = ReturnType<typeof forgettingStore>
