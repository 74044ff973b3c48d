import { LocalPostgresError } from '@fobwatch/local-postgres'
import { Failure } from '../failure.ts'

/** Something that was started: it may be lost, and it can be stopped. */
export interface Running {
  /** Resolves with why, if it ends without having been told to. */
  lost: Promise<Error>
  stop: () => Promise<void>
}

/** Takes note of what was started, so that it is stopped at the end. */
export type Keep = <T extends Running>(started: T) => T

/**
 * Runs what `start` starts until a signal comes or one of them is lost, then stops them, the last first, and ends the
 * process: with 0 when it was asked to end, with 1 and a sentence when something failed.
 */
export const untilEnded = async (start: (keep: Keep) => Promise<void>): Promise<void> => {
  const running: Running[] = []
  const lost = Promise.withResolvers<Error>()
  const keep: Keep = (started) => {
    running.push(started)
    void started.lost.then(lost.resolve)
    return started
  }

  let ending = false
  const end = async (code: number): Promise<never> => {
    ending = true
    for (let last = running.pop(); last; last = running.pop()) await last.stop().catch(tell)
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      // A terminal tells us, and whoever started us tells us again.
      if (!ending) void end(0)
    })

  try {
    await start(keep)
    throw await lost.promise
  } catch (error) {
    // What fails once we are ending fails because we are.
    if (ending) return
    tell(error)
    await end(1)
  }
}

const tell = (error: unknown): void => {
  const isSentence = error instanceof Failure || error instanceof LocalPostgresError
  console.error(isSentence ? error.message : error)
}
