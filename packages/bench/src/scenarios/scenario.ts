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
   * Makes ready what a contender needs for it; nothing where the contender does not do this. A scenario without it measures
   * starts of the contender's process.
   */
  prepare?: (running: Running, wire: Wire) => Promise<Prepared | undefined>
}

/** A scenario that is ready for one contender. */
export interface Prepared {
  /** One deed of it, whose requests go over the wire that it is handed. */
  deed: (wire: Wire) => Promise<void>
  /** Where deeds use something up: makes ready what so many will. It is not measured. */
  stock?: (deeds: number) => Promise<void>
}
