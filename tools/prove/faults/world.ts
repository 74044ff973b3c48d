import type { BrowserLike, Send } from '@fobwatch/testkit'
import type { House } from '../stage/house.ts'
import type { Applications } from './applications.ts'

/** Where lives are lived: the service as its callers see it, and what an operator prepares. */
export interface World {
  issuer: string
  house: House
  applications: Applications
  /** A browser with no cookies, which the instances serve in turn. */
  browser: () => BrowserLike
  /** Sends to the instances in turn. */
  send: Send
  /** A manager at the desk, who has just proved who they are. */
  desk: BrowserLike
}
