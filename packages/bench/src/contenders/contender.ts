import type { SoftwareAuthenticator } from '@fobwatch/testkit'
import type { Browser } from '../load/browser.ts'
import type { Database } from '../machine/database.ts'
import type { Launch } from '../machine/launch.ts'

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
  device: SoftwareAuthenticator
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
}

/** A contender that serves. */
export interface Running {
  /** Where it listens; browsers and applications know it by this name. */
  origin: string
  /** The process whose CPU and memory are measured, with all that it starts. */
  pid: number
  issuer: string
  endpoints: Endpoints
  application: Application
  people: readonly Person[]
  /**
   * What a browser and a person do from the page that the authorization endpoint led to, up to the address that goes on
   * from there: the only part of a sign-in that no standard describes.
   */
  logIn: (browser: Browser, person: Person, page: URL) => Promise<URL>
  stop: () => Promise<void>
}

export interface Contender {
  /** As on the command line and in the report. */
  name: string
  start: (setting: Setting) => Promise<Running>
}
