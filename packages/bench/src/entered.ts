import type { Running } from './contenders/index.ts'
import type { Wire } from './load/wire.ts'
import type { Database, DatabaseServer } from './machine/database.ts'
import type { Used } from './measure/window.ts'
import type { Options } from './options.ts'
import type { Measured } from './report/figures.ts'

/** A contender that is up, and what is told of it so far. */
export interface Entered {
  name: string
  /** It runs somewhere else, and asks another database. */
  outside: boolean
  running: Running
  database: Database
  idleMemory: number
  wire: Wire
  profileFolder: string | undefined
  /** When it was under load, and what it did meanwhile. */
  loaded: (Used & { count: number })[]
}

export type Say = (line: string) => void

/** Where contenders are measured. */
export interface Arena {
  server: DatabaseServer
  options: Options
  say: Say
}

/** What was measured of each contender that does what is measured. */
export type Lines = [each: Entered, measured: Measured][]
