import type { Channel } from '@fobwatch/contracts'
import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import { stands } from '../store.ts'

/** What came of a code that was typed in for somebody. */
export interface Tried {
  /** Whom the staff id names, if anybody. */
  personId: string | null
  invitation: string | null
  channel: Channel | null
  right: boolean
}

/** A code that was typed in, at a time, and what takes its place if it is the right one. */
export interface Typed {
  staffId: string
  codeHash: Buffer
  at: Date
  secretHash: Buffer
  expiresAt: Date
  /** Whether the code is looked at at all, from where it was typed in. */
  heard: boolean
}

// One statement tells right from wrong, counts the wrong and takes the right: of any number at once on one row each sees
// what the one before it left. No number of wrong ones ends a code: whoever could make them would keep its person out.
// Whoever does not exist, or has no code, costs the same.
const enter = statement<[string, Buffer, Date, Buffer, Date, boolean], Tried>(
  'enrolment:enter-code',
  `with tried as (
     update invitation i set
       wrong_tries = least(i.wrong_tries + case when i.code_hash = $2 then 0 else 1 end, 32767),
       redeemed_at = case when i.code_hash = $2 then $3::timestamptz end,
       expires_at = case when i.code_hash = $2 then $5::timestamptz else i.expires_at end,
       code_hash = case when i.code_hash = $2 then $4::bytea else i.code_hash end
     from person p
     where p.staff_id = $1 and p.status = 'active' and i.person_id = p.id and i.channel in ('code', 'pass')
       and i.redeemed_at is null and i.spent_at is null and i.voided_at is null and i.expires_at > $3
       and $6::boolean and ${stands('$3')}
     returning i.id, i.channel, i.redeemed_at is not null as right)
   select n.id as "personId", t.id as invitation, t.channel, coalesce(t.right, false) as right
   from (select 1) one left join person n on n.staff_id = $1 left join tried t on true
   order by 4 desc limit 1`,
)

/** Tries of one network, or of one network for one person. */
interface Tries {
  network: Buffer
  failures: number
  resetsAt: Date
}

// In one order always, so that two that count the same do not wait for each other.
const countTries = statement<[Buffer[], Date, Date], Tries>(
  'enrolment:count-try',
  `insert into code_try (network, failures, resets_at) select network, 1, $3 from unnest($1::bytea[]) network order by network
   on conflict (network) do update set
     failures = case when code_try.resets_at <= $2 then 1 else least(code_try.failures, 1000000) + 1 end,
     resets_at = case when code_try.resets_at <= $2 then $3 else code_try.resets_at end
   returning network, failures, resets_at as "resetsAt"`,
)

// Locked in one order too: an update alone takes rows as it finds them.
const giveBack = statement<[Buffer[]]>(
  'enrolment:give-back-try',
  `update code_try t set failures = greatest(t.failures - 1, 0)
   from (select network from code_try where network = any($1::bytea[]) order by network for update) l
   where t.network = l.network`,
)

const forget = statement<[Date]>('enrolment:forget-tries', 'delete from code_try where resets_at <= $1', 'unhurried')

/** Short codes as they are typed in, and the room's second table: `code_try`. */
export const codeStore = (store: Store) => ({
  enter: async (tx: Transaction, t: Typed): Promise<Tried> => {
    const tried = await store.row(enter, [t.staffId, t.codeHash, t.at, t.secretHash, t.expiresAt, t.heard], tx)
    return tried ?? { personId: null, invitation: null, channel: null, right: false }
  },
  /** How many tries of each were wrong since it was counted anew, with this one. */
  countTries: (networks: Buffer[], at: Date, resetsAt: Date) => store.rows(countTries, [networks, at, resetsAt]),
  /** Takes a try back that was right. */
  giveBack: (tx: Transaction, networks: Buffer[]) => store.run(giveBack, [networks], tx),
  forgetTries: (at: Date) => store.run(forget, [at]),
})

export type CodeStore = ReturnType<typeof codeStore>
