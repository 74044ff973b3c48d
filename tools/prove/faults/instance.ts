import { setTimeout as delay } from 'node:timers/promises'
import type { Send } from '@fobwatch/testkit'
import { sendTo } from '../stage/send-to.ts'
import { startInstance } from '../stage/set-stage.ts'
import { childrenOf, cpuOf, familyOf, isRunning, signal } from './processes.ts'

/** What was done to a process in a round, and so what may be seen at it. */
export type Harm = 'none' | 'killed' | 'frozen'

/** One process that serves the API, which can be killed and frozen. */
export interface Instance {
  name: string
  send: Send
  harm: Harm
  /** What each of its starts took of processor time until it was ready, in seconds. */
  starts: number[]
  /** That it ended without having been killed, if it did. */
  faults: string[]
  /** Kills it (SIGKILL), and starts it again at once. */
  kill: () => Promise<void>
  /** The workers under it, where it has any. */
  workers: () => number[]
  freeze: (milliseconds: number) => Promise<void>
  close: () => Promise<void>
}

type Starting = Parameters<typeof startInstance>

/** Longer than an answer may take. Milliseconds. */
const patience = 20_000

/** Starts one; what it is started with it is started with again. */
export const openInstance = async (place: number, ...starting: Starting): Promise<Instance> => {
  const [, port] = starting
  const name = `instance ${place + 1}`
  const start = async () => {
    const service = await startInstance(...starting)
    instance.starts.push(cpuOf(service.pid))
    void service.lost.then(({ message }) => {
      if (running?.pid !== service.pid || isMeant) return
      instance.faults.push(`${name} ended by itself: ${message}`)
    })
    return service
  }
  let isMeant = false
  let running: Awaited<ReturnType<typeof start>> | undefined
  const instance: Instance = {
    name,
    send: sendTo(`http://127.0.0.1:${port}`, patience),
    harm: 'none',
    starts: [],
    faults: [],
    kill: async () => {
      instance.harm = 'killed'
      isMeant = true
      const [pid = 0, ...workers] = familyOf(running?.pid ?? 0)
      signal(pid, 'SIGKILL')
      await running?.lost
      running = await start()
      isMeant = false
      const left = workers.filter(isRunning)
      if (left.length > 0) instance.faults.push(`${name} was killed, and ${left.length} of its workers went on`)
    },
    workers: () => childrenOf(running?.pid ?? 0),
    freeze: async (milliseconds) => {
      instance.harm = 'frozen'
      const family = familyOf(running?.pid ?? 0)
      for (const pid of family) signal(pid, 'SIGSTOP')
      await delay(milliseconds)
      for (const pid of family) signal(pid, 'SIGCONT')
    },
    close: async () => running?.stop(),
  }
  running = await start()
  return instance
}
