import { setTimeout as delay } from 'node:timers/promises'
import type { Pressure, WhyNot } from '#http'

interface Deps {
  /** Looks at the database; throws where there is none. */
  look: () => Promise<DatabaseState>
  pressure: () => Pressure
  isEnding: () => boolean
  /** Whether there is a key of every algorithm. */
  hasKeys: () => boolean
}

/** How long the database may take to say that it is there. Milliseconds. */
const patience = 2_000

/** For how long a good answer does for everybody who asks: probes come from many sides, and cost nothing. Milliseconds. */
const goodFor = 1_000

const sentences = {
  stopping: 'This instance is stopping.',
  overloaded: 'There is too much to do at once.',
  'database-away': 'The database does not answer.',
  'database-behind': 'The database lacks a migration.',
  'database-read-only': 'The database can only be read.',
  'clock-off': 'The clock differs from that of the database by more than a minute.',
  'no-signing-keys': 'There is no key to sign with.',
} as const satisfies Record<WhyNot['because'], string>

const because = (word: WhyNot['because']): WhyNot => ({ because: word, reason: sentences[word] })

const ofState = {
  ready: undefined,
  behind: 'database-behind',
  'read-only': 'database-read-only',
  // What one instance begins is over at another: challenges, codes, sessions.
  'clock-off': 'clock-off',
} as const

/** What may be said of a database that answers. */
export type DatabaseState = keyof typeof ofState

/** Asks the database, once for all who ask at the same time; a good answer does for a moment. */
const askNowAndThen = (ask: () => Promise<DatabaseState>): (() => Promise<DatabaseState | undefined>) => {
  let underWay: Promise<DatabaseState | undefined> | undefined
  let good = Number.NEGATIVE_INFINITY
  const look = async () => {
    const asked = ask().catch(() => undefined)
    const state = await Promise.race([asked, delay(patience, undefined, { ref: false })])
    if (state === 'ready') good = performance.now()
    return state
  }
  return async () => {
    if (performance.now() - good < goodFor) return 'ready'
    underWay ??= look().finally(() => (underWay = undefined))
    return underWay
  }
}

/**
 * Why nothing should be sent to this instance now.
 * @returns what resolves to the first reason that there is, or to nothing where it can do its work
 */
export const readiness = ({ look, pressure, isEnding, hasKeys }: Deps): (() => Promise<WhyNot | undefined>) => {
  const state = askNowAndThen(look)
  return async () => {
    if (isEnding()) return because('stopping')
    if (pressure() === 'too-high') return because('overloaded')
    const known = await state()
    if (known === undefined) return because('database-away')
    const word = ofState[known]
    if (word) return because(word)
    return hasKeys() ? undefined : because('no-signing-keys')
  }
}
