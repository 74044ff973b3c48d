import { countsOf, type DeedType, type Life } from './ledger.ts'
import type { Kept } from './tables.ts'

const types: readonly DeedType[] = [
  'authenticator-enrolled',
  'authenticator-added',
  'authenticator-removed',
  'authenticator-suspended',
  'signed-in',
  'role-chosen',
  'signed-out',
  'signed-out-by-desk',
  'tokens-revoked',
  'person-suspended',
]

const times = ({ events }: Kept, type: DeedType): number => events[type] ?? 0

/** Each deed and its event are stored together or not at all: what is counted here is the same number twice. */
const pairsOf = (kept: Kept): [what: string, stored: number, recorded: number][] => [
  ['session', kept.sessions, times(kept, 'signed-in')],
  ['device', kept.authenticators, times(kept, 'authenticator-enrolled') + times(kept, 'authenticator-added')],
  ['used link', kept.spentLinks, times(kept, 'authenticator-enrolled')],
  ['paused device', kept.suspended, times(kept, 'authenticator-suspended')],
  ['removed device', kept.revoked, times(kept, 'authenticator-removed')],
  ['role', kept.withRole, times(kept, 'role-chosen')],
  ['log out', kept.signedOut, times(kept, 'signed-out')],
  ['pause of the person', Number(kept.isSuspended), times(kept, 'person-suspended')],
]

/**
 * Holds the tables against what a life was told: everything acknowledged is there exactly once, what was left open is
 * there once or not, and nothing is there by half.
 * @returns what is wrong, in words
 */
export const judgeTables = (life: Life, kept: Kept | undefined): string[] => {
  if (!kept) return ['the person is gone']
  const wrong: string[] = []
  for (const type of types) {
    const { least, most } = countsOf(life, type)
    const found = times(kept, type)
    if (found < least) wrong.push(`lost: ${type} was acknowledged ${least} times, and is in the log ${found} times`)
    if (found > most) wrong.push(`doubled: ${type} was asked for ${most} times, and is in the log ${found} times`)
  }
  for (const [what, stored, recorded] of pairsOf(kept))
    if (stored !== recorded) wrong.push(`half: ${what} is stored ${stored} times, and recorded ${recorded} times`)
  if (times(kept, 'signed-out-by-desk') > 0 && kept.openSessions > 0) wrong.push('half: logged out, and still open')
  return wrong
}

/** What may be refused where PostgreSQL has crashed: all that hangs on tables which a crash empties. */
const forgettable = new Set(['enrolment', 'push', 'authorize', 'options', 'assertion', 'way back', 'redeem', 'add'])

/** What a fault excuses: that PostgreSQL forgets what a crash may forget, that time is up sooner. */
export interface Excuses {
  forget: boolean
  expire: boolean
  /** Whoever began after this had nothing to do with the fault. As `performance.now()` tells it. */
  until: number
}

/** The refusals of a life that nothing had earned. */
export const judgeRefusals = ({ refusals, begunAt }: Life, { forget, expire, until }: Excuses): string[] =>
  refusals
    .filter(({ step }) => begunAt > until || !(expire || (forget && forgettable.has(step))))
    .map(({ step, said }) => `refused for nothing: ${step}: ${said}`)

/** How many deeds of a life were acknowledged. */
export const acknowledged = ({ deeds }: Life): number => deeds.filter(({ came }) => came === 'acknowledged').length
