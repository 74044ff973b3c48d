import { type Crew, giveOrder, runningWorkers } from './crew.ts'

/** Ends this process where no worker runs any more. */
export const endWithTheLast = ({ worstCode }: Crew): void => {
  if (runningWorkers().length === 0) process.exit(worstCode === 0 ? 0 : 1)
}

const endAtOnce = (): never => {
  for (const worker of runningWorkers()) worker.process.kill('SIGKILL')
  process.exit(1)
}

/** Why all of it ends. */
interface Stop {
  because: string
  /** Whether balancers are told first. */
  unhurried: boolean
}

/**
 * Ends all workers, each when it has finished what is under way; those that have not begun, at once.
 * A second signal ends all of them at once, with exit code 1.
 */
export const stopAll = (crew: Crew, { because, unhurried }: Stop): void => {
  if (crew.stopping) endAtOnce()
  crew.stopping = true
  crew.worstCode = 0
  crew.log?.info({ because, workers: crew.members.size }, 'closing')
  for (const member of crew.members.values()) giveOrder(member, { order: 'stop', unhurried })
  for (const worker of runningWorkers()) if (!crew.members.has(worker.id)) worker.process.kill('SIGKILL')
  endWithTheLast(crew)
}
