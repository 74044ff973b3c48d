import type { Case } from './case.ts'
import type { Answer, InProcess } from './service.ts'

/** Somebody who asks at a door, one case after the other. */
export interface Visitor {
  /** Sends one case. A case in which nothing is wrong must be accepted. */
  attempt: (tried: Case) => Promise<Answer>
  /** What had to be stored on the way, besides what was accepted. */
  setUp: { authenticators: number; signIns: number }
}

/** An endpoint that takes what a device answers. */
export interface Door {
  name: string
  /** How it says that it has accepted. */
  success: 200 | 204
  /** What it stores for everyone whom it accepts. */
  stores: 'authenticators' | 'signIns' | undefined
  enter: (service: InProcess) => Promise<Visitor>
}
