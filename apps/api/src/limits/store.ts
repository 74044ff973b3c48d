import { type Store, statement } from '@fobwatch/store'

export type { Store } from '@fobwatch/store'

/** What is counted against one key, and until when. */
export interface Counted {
  key: Buffer
  count: number
  resetsAt: Date
}

// In one order always, so that two instances that count the same keys do not wait for each other.
const count = statement<[Buffer[], Date, Date], Counted>(
  'limits:count',
  `insert into limit_count as l (key, count, resets_at) select key, 1, $3 from unnest($1::bytea[]) key order by key
   on conflict (key) do update set
     count = case when l.resets_at <= $2 then 1 else least(l.count, 1000000) + 1 end,
     resets_at = case when l.resets_at <= $2 then $3 else l.resets_at end
   returning key, count, resets_at as "resetsAt"`,
)

// It lasts as long as somebody goes on.
const share = statement<[Buffer[], number[], Date, Date], Omit<Counted, 'resetsAt'>>(
  'limits:share',
  `insert into limit_count as l (key, count, resets_at)
   select key, spent, $4 from unnest($1::bytea[], $2::bigint[]) u (key, spent) order by key
   on conflict (key) do update set
     count = case when l.resets_at <= $3 then 0 else l.count end + excluded.count, resets_at = $4
   returning key, count`,
)

const forget = statement<[Date]>('limits:forget', 'delete from limit_count where resets_at <= $1')

/** The room's table: `limit_count`. */
export const limitStore = (store: Store) => ({
  /** Counts one more against each key, from now until its window ends. */
  count: (keys: Buffer[], now: Date, resetsAt: Date) => store.rows(count, [keys, now, resetsAt]),
  /** Adds what was spent here. @returns what all instances have spent */
  share: (keys: Buffer[], spent: number[], now: Date, resetsAt: Date) =>
    store.rows(share, [keys, spent, now, resetsAt]),
  forget: (now: Date) => store.run(forget, [now]),
})

export type LimitStore = ReturnType<typeof limitStore>
