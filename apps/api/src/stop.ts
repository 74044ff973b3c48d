import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Config } from '#config'
import type { Traffic } from '#http'

/** Why a process ends, and whether it says so to balancers first. */
export interface HowToStop {
  because: 'SIGTERM' | 'SIGINT' | 'stop' | 'retire'
  drain: boolean
}

interface Deps {
  config: Pick<Config, 'drainSeconds' | 'stopSeconds'>
  app: FastifyInstance
  traffic: Traffic
  jobs: { stop: () => Promise<void> }
  store: { close: () => Promise<void> }
  log: FastifyBaseLogger
  exit: (code: number) => void
}

/** A worker hears of one end from the first process and from the system too, and is not to take them for two. */
const isSignal = ({ because }: HowToStop): boolean => because === 'SIGTERM' || because === 'SIGINT'

/** Whoever is told to retire keeps idle connections for as long as anybody may still send along them. */
const idleSeconds = 65

/**
 * Ends a process gracefully: it says that it is not ready, for as long as balancers take to heed that; takes no more
 * connections; answers what is under way, and ends each connection with its answer; lets jobs and deliveries finish; closes the
 * connections to the database; and exits with 0. A worker that retires says nothing, since others take its place: it waits
 * until each connection has had its last answer, or was idle for so long that nobody uses it any more.
 * @returns what begins it. A second signal, and a deadline, end it with 1, whatever is under way
 */
export const stopping = ({ config, app, traffic, jobs, store, log, exit }: Deps): ((how: HowToStop) => void) => {
  let begun: HowToStop | undefined

  const finish = async ({ because, drain }: HowToStop): Promise<void> => {
    const retires = because === 'retire'
    traffic.letGo({ unready: !retires })
    if (drain) await delay(config.drainSeconds * 1000)
    const seconds = config.stopSeconds + (retires ? idleSeconds : 0)
    setTimeout(() => {
      log.error({ underWay: traffic.underWay() }, 'what was under way did not end in time')
      exit(1)
    }, seconds * 1000).unref()
    await Promise.all([traffic.end({ patiently: retires }), jobs.stop()])
    await app.close()
    await store.close()
    exit(0)
  }

  return (how) => {
    if (begun) {
      if (isSignal(how) && isSignal(begun)) exit(1)
      // Whoever retires at leisure is not waited for when everything ends.
      else if (begun.because === 'retire') void traffic.end({ patiently: false })
      return
    }
    begun = how
    log.info({ because: how.because, underWay: traffic.underWay() }, 'closing')
    finish(how).catch((error: unknown) => {
      log.error({ err: error }, 'could not close')
      exit(1)
    })
  }
}
