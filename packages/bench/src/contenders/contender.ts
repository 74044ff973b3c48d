import type { SoftwareAuthenticator } from '@fobwatch/testkit'
import type { Browser } from '../load/browser.ts'
import type { Database } from '../machine/database.ts'
import type { Launch, Launched } from '../machine/launch.ts'
import type { Pids } from '../measure/process-tree.ts'

/** What a contender is started with. */
export interface Setting {
  /** One that is empty, on the server that all contenders share. */
  database: Database
  /** For files of its own; it is thrown away. */
  folder: string
  /** How many people to enrol beforehand. */
  people: number
  /** How many roles each of them has, where there are roles: with two, each is asked which. */
  roles: 1 | 2
  /** Starts its process on the core that is measured. */
  launch: Launch
}

/** Somebody with a device that is set up. */
export interface Person {
  device: Pick<SoftwareAuthenticator, 'authenticate'>
}

/** The confidential client that the load stands for; it authenticates by `client_secret_basic`. */
export interface Application {
  id: string
  secret: string
  redirectUri: string
  scope: string
}

/** Whole addresses of the endpoints. */
export interface Endpoints {
  authorization: string
  token: string
  userinfo: string
  jwks: string
  introspection?: string
}

/** How people come to a device, with a contender that has links for it. */
export interface Enrolment {
  /** Makes links for so many people more, each of one's own. @returns what each link holds */
  makeLinks: (count: number) => Promise<string[]>
  /** What a browser and a person do from the link on, up to the device that is stored. */
  setUp: (browser: Browser, link: string) => Promise<Person>
}

/** A contender that serves. */
export interface Running {
  /** Where it listens; browsers and applications know it by this name. */
  origin: string
  /** The processes whose CPU and memory are measured, with all that they start; none where that cannot be told. */
  pid: Pids
  /** The same of its database, where that is not the server that contenders share. */
  databasePid?: Pids
  issuer: string
  endpoints: Endpoints
  application: Application
  people: readonly Person[]
  /** What its process holds once its garbage was collected, where it was started to tell. */
  memory?: Launched['memory']
  /**
   * What a browser and a person do from the page that the authorization endpoint led to, up to the address that goes on
   * from there: the only part of a sign-in that no standard describes.
   */
  logIn: (browser: Browser, person: Person, page: URL) => Promise<URL>
  /** Another application, for people who are logged in, where they may go on to one. */
  secondApplication?: Application
  /** What the application asks for so that a refresh token comes with the others, where one can. */
  offlineScope?: string
  /** What the application sends for a token in its own name, beside the grant, where it can have one. */
  clientCredentials?: Record<string, string>
  enrolment?: Enrolment
  /** Starts one more process of it on the same database, ready for its first request. */
  startAnother?: () => Promise<Launched>
  stop: () => Promise<void>
}

export interface Contender {
  /** As on the command line and in the report. */
  name: string
  /** It runs somewhere already, and has nothing of what it is started with but the people. */
  outside?: true
  start: (setting: Setting) => Promise<Running>
}
