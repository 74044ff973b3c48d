/**
 * Limits: how much of the service one address, one person and one application may have, and how often they may fail, at
 * all instances together. Owns the table `limit_count`; no endpoint.
 * Invariant: what succeeds costs no statement, and no limit on failures refuses what was proved; so nobody is locked out by
 * what somebody else does, however well they know their staff id or the name of their passkey.
 * Neighbours: `http` asks before each route by the limit that its table names, `oidc` before the protocol's endpoints;
 * `sign-in`, `enrolment` and `oidc` tell what failed. Who is told of a limit that was reached comes from `app.ts`.
 * Inside: `floods` bounds what is right too, in memory, and shares the heavy in the background; `failures` counts in the
 * database what was wrong.
 */
import type { Now } from '#kernel'
import { announcing, type Reached } from './announcing.ts'
import { type Against, failures, type Subject } from './failures.ts'
import { type Flood, floods } from './floods.ts'
import { knownBrowsers } from './known-browsers.ts'
import { rateOf } from './rules.ts'
import { limitStore, type Store } from './store.ts'

export type { Reached } from './announcing.ts'
export type { Against, Failures, Subject } from './failures.ts'
export type { Flood, Floods } from './floods.ts'

interface Deps {
  store: Store
  now: Now
  /** 32 bytes: nothing that is stored says which address it is about. */
  key: Uint8Array
  /** Requests a second, in the long run. */
  perSecond: { address: number; person: number; client: number; begunInAll: number }
  /** Failures in a quarter of an hour. */
  failures: Readonly<Record<Against, number>>
  tell: (reached: Reached) => Promise<void>
  onFailure: (error: unknown) => void
}

/** How many more questions than sign-ins an address may have: applications ask for all their people from one. */
const questions = 5

/** What a browser that was logged in with before may ask where its address has had too much: people of a ward, in turn. */
const knownPerSecond = 2

/** Opens the room. */
export const createLimits = ({ store: opened, perSecond, failures: most, tell, onFailure, ...rest }: Deps) => {
  const store = limitStore(opened)
  const deps = { ...rest, store }
  const announce = announcing({ ...deps, tell, onFailure })
  const refused: Record<string, number> = {}
  const note = (limit: string) => {
    refused[limit] = (refused[limit] ?? 0) + 1
  }
  const onReached = (flood: Flood, who: string) => {
    note(flood)
    announce({
      ...{ limit: flood, who },
      ...(flood === 'person' && { person: who }),
      ...(flood === 'client' && { client: who }),
    })
  }
  const toFail = failures({
    ...deps,
    most,
    onReached: ({ against, who, person, client }: Subject) => {
      // A passkey is limited with its owner, or is nobody's.
      if (against === 'person' && !person) return
      announce({ limit: `failures-of-${against}`, who, person, client }, true)
    },
    onRefused: (against) => note(`failures-of-${against}`),
  })
  return {
    floods: floods({
      ...deps,
      rates: {
        begin: rateOf(perSecond.address),
        prove: rateOf(perSecond.address),
        ask: rateOf(perSecond.address * questions),
        person: rateOf(perSecond.person),
        client: rateOf(perSecond.client),
        known: rateOf(knownPerSecond),
        'begin-in-all': rateOf(perSecond.begunInAll),
      },
      onReached,
    }),
    failures: toFail,
    knownBrowsers: knownBrowsers(rest),
    /** Forgets what is over. */
    forget: () => store.forget(rest.now()),
    /** How many requests each limit refused at this instance since it started. */
    refused: (): Readonly<Record<string, number>> => refused,
  }
}

export type Limits = ReturnType<typeof createLimits>
