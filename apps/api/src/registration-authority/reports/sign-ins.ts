import type { SignIns, SignInsReport } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import { reachesEverybody } from '../reaches-everybody.ts'
import { maySee } from './may-see.ts'
import type { ReportStore, SignInCount } from './store.ts'

const task = 'report-sign-ins'
const day = 86_400_000
const longest = 366
const usual = 30

const dayOf = (at: Date) => at.toISOString().slice(0, 10)
const daysAfter = (date: string, days: number) => dayOf(new Date(Date.parse(date) + days * day))

/** The days that are asked for, both of them within. @throws Refusal `invalid_request` for none, and for too many */
const periodOf = (now: Date, { from, to = dayOf(now) }: SignInsReport) => {
  const begin = from ?? daysAfter(to, 1 - usual)
  const days = (Date.parse(to) - Date.parse(begin)) / day + 1
  if (!(days >= 1 && days <= longest)) throw new Refusal('invalid_request')
  return { from: begin, to }
}

const added = (counts: readonly SignInCount[]): SignInCount[] => {
  const sums = new Map<string, SignInCount>()
  for (const each of counts) {
    const key = `${each.level} ${each.kind}`
    sums.set(key, { ...each, count: each.count + (sums.get(key)?.count ?? 0) })
  }
  return [...sums.values()].sort((a, b) => b.level - a.level || a.kind.localeCompare(b.kind))
}

/** Days that are over were counted once; what came after them is counted now. */
const countSignIns = async (
  reports: ReportStore,
  organisations: readonly string[] | null,
  from: string,
  to: string,
) => {
  const until = await reports.countedUntil()
  const since = until === null ? from : daysAfter(until, 1)
  return added([
    ...(until === null ? [] : await reports.countedSignIns(organisations, from, to < until ? to : until)),
    ...(since > to ? [] : await reports.lateSignIns(organisations, since > from ? since : from, to)),
  ])
}

/**
 * How often people logged in over a period, by how sure we were and with what. Each counts at the organisation that its
 * person came to first, so that no log in counts twice.
 * @throws Refusal `invalid_request` for a period that has no day, or more than 366
 */
export const reportSignIns =
  (deps: Deps) =>
  async (asked: SignInsReport, visit: Visit): Promise<SignIns> => {
    const actor = visitor(visit).personId
    const period = periodOf(deps.now(), asked)
    const { reach, own } = await maySee(deps, actor, task)
    const everybody = own === null && (await reachesEverybody(deps, actor, task))
    const rows =
      own === null
        ? await countSignIns(deps.reports, everybody ? null : reach, period.from, period.to)
        : added(await deps.reports.ownSignIns(own, period.from, period.to))
    const details = { report: 'sign-ins', rows: rows.length, form: 'screen' }
    await deps.recordAlone({ type: 'report-read', actor, requestId: visit.requestId, details })
    return { ...period, rows }
  }

/** Counts the days that are over and were not counted yet, each in a transaction of its own. */
export const countSignInDays =
  ({ reports, inTransaction, now }: Pick<Deps, 'reports' | 'inTransaction' | 'now'>) =>
  async (): Promise<void> => {
    for (let next = await reports.nextDay(now()); next; next = await reports.nextDay(now())) {
      const date = next
      await inTransaction(async (tx) => {
        if (await reports.claimDay(tx, date)) await reports.countDay(tx, date)
      })
    }
  }
