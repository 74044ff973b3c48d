import { setTimeout as delay } from 'node:timers/promises'
import { signInTo } from '../cluster/application.ts'
import { until } from '../cluster/until.ts'
import { enrolPerson, type Person } from '../stage/person.ts'
import type { World } from './world.ts'

/** What was acknowledged, and so must be found again. */
export interface Acknowledged {
  /** Refresh tokens of sign-ins that came to their tokens. */
  tokens: string[]
  /** People whose device was set up. */
  enrolled: Person[]
  /** Deeds that ended in an error, and so may or may not have been done. */
  failed: number
}

const pause = 100

/** People sign in and set up devices, each in a lane of their own, until they are told to stop. */
export const keepSigningIn = (world: World, people: readonly Person[]) => {
  const kept: Acknowledged = { tokens: [], enrolled: [], failed: 0 }
  const state = { stopped: false }
  const again = async (deed: () => Promise<void>) => {
    while (!state.stopped) {
      await deed().catch(() => {
        kept.failed += 1
      })
      await delay(pause)
    }
  }
  const lanes = people.map(({ device }, place) => {
    const stage = world.stageFrom(`127.0.1.${place + 1}`)
    return again(async () => {
      kept.tokens.push((await signInTo(stage, device)).tokens.refresh_token)
    })
  })
  const newcomers = again(async () => {
    kept.enrolled.push(await enrolPerson(world.stageFrom('127.0.2.1'), 'Newcomer'))
  })
  /** Waits until so many more sign-ins were acknowledged. */
  const more = async (count: number) => {
    const wanted = kept.tokens.length + count
    await until(`${count} more sign-ins`, async () => kept.tokens.length >= wanted)
  }
  const stop = async (): Promise<Acknowledged> => {
    state.stopped = true
    await Promise.all([...lanes, newcomers])
    return kept
  }
  return { kept, more, stop }
}
