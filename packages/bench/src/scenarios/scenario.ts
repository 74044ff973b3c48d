import type { Running } from '../contenders/index.ts'
import type { Wire } from '../load/wire.ts'

/** What is measured of a contender. */
export interface Scenario {
  /** As in the JSON. */
  key: string
  /** As on the command line. */
  name: string
  /** What one of it is, in the report. */
  title: string
  /**
   * Makes ready what a contender needs for it.
   * @returns one deed of it, whose requests go over the wire that it is handed; nothing where the contender does not do this
   */
  prepare: (running: Running, wire: Wire) => Promise<((wire: Wire) => Promise<void>) | undefined>
}
