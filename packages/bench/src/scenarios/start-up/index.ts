import type { Scenario } from '../scenario.ts'

/**
 * One more process on the same database, from its start to its first answer that it is ready. Nothing of it was compiled
 * and kept before; its files are in the memory of the machine.
 */
export const startUp: Scenario = {
  key: 'startUp',
  name: 'start-up',
  title: 'a start, until ready',
}
