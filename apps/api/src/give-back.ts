import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Collect = (how: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void

/**
 * Gives the memory back to the machine that only starting needed, which is half of what the process holds by then: V8 would
 * keep it for as long as little happens. It takes a tenth of a second, so it is done before anybody is let in.
 */
export const giveBackMemory = (): void => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as Collect
  setFlagsFromString('--no-expose-gc')
  // The last resort alone makes the young generation small again.
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
