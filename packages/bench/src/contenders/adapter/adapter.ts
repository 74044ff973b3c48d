import type { SoftwareAuthenticator } from '@fobwatch/testkit'
import type { Browser } from '../../load/browser.ts'
import type { Application, Endpoints, Enrolment, Person } from '../contender.ts'

/** What an adapter is handed to make people ready with. */
export interface Tools {
  /** A new device that answers as a browser's `navigator.credentials` would. */
  newDevice: () => SoftwareAuthenticator
  /** A browser without cookies. */
  openBrowser: () => Browser
}

/**
 * What the load must know of a provider that runs somewhere already: a module that exports this as `adapter` is all that it
 * takes to measure it. The rest of a sign-in is OpenID Connect, and the load does it.
 * @typeParam Who a person as this adapter needs them: with a device, or with whatever else they log in by
 */
export interface Adapter<Who = Person> {
  issuer: string
  /** Found by discovery where it is left out. */
  endpoints?: Endpoints
  application: Application
  /** Makes so many people ready, or finds them. */
  prepare: (count: number, tools: Tools) => Promise<Who[]>
  /** From the page that the authorization endpoint led to, up to the address that goes on from there. */
  logIn: (browser: Browser, who: Who, page: URL) => Promise<URL>
  /** Its processes on this machine, and those of its database, if their CPU and memory are to be told. */
  pids?: readonly number[]
  databasePids?: readonly number[]
  /** What the other scenarios need; each is left out where it is not there. */
  secondApplication?: Application
  offlineScope?: string
  clientCredentials?: Record<string, string>
  enrolment?: Enrolment
  /** What is to be done when all is measured. */
  stop?: () => Promise<void>
}
