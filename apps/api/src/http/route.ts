import type { Readable } from 'node:stream'
import type { Failure } from '@fobwatch/contracts'
import type { Static, TSchema } from 'typebox'
import type { Visit } from './visit.ts'

/**
 * Who may come in. `anyone` proves nothing; `enrolling` has a temporary pass, which opens nothing else; `signed-in` has a live session; `fresh` made an assertion in the last
 * minutes besides; `desk:…` holds a duty that allows the task, and with `?` at its end one that allows it in any way, such
 * as by request, with `|` between two tasks either of them, and `desk:any-task` one that allows anything; `fresh desk:…`,
 * for what changes something at the desk, both. `token:…` is no person but an application, with an access token for that
 * API of ours. What stands behind each name is supplied by `app.ts`.
 */
export type GuardName =
  | 'anyone'
  | 'enrolling'
  | 'signed-in'
  | 'fresh'
  | `desk:${string}`
  | `fresh desk:${string}`
  | `token:${string}`

/**
 * How much of it one address may have where anyone may come in, by what it costs: `begin` writes something that nobody may
 * ever finish, `prove` verifies or guesses, `ask` only reads. Behind every other guard the person or the application is
 * counted instead, whoever else has their address.
 */
export type LimitName = 'begin' | 'prove' | 'ask'

/** Another form of answers than ours. */
export interface AnswerForm {
  mediaType: string
  /** The schema of what is sent for a refusal. */
  failure: TSchema
  writeFailure: (failure: Failure, status: number) => object
}

/** The parts of a request that a route reads, each by its schema; they never share a name. */
export interface RouteSchema {
  /** One plain sentence for the OpenAPI page. */
  summary: string
  params?: TSchema
  querystring?: TSchema
  body?: TSchema
  /** What a success returns; nothing (204) when absent. Fields that it does not name are never sent. */
  response?: TSchema
  /** The status of a success, where it is another than 200. */
  status?: 201
  /** How answers are written, where a standard has another form for them than ours. */
  form?: AnswerForm
  /** The media type of the file that a success is, instead of a response: the verb returns a `Download`. */
  file?: string
  /** The largest body that is taken, in bytes, where it is another than everywhere. */
  bodyLimit?: number
}

/** A file to be kept, whole or as it comes. */
export interface Download {
  /** What it is called, in ASCII letters that mean nothing in a header. */
  name: string
  content: string | Readable
}

type Part<S extends RouteSchema, K extends 'params' | 'querystring' | 'body'> = S[K] extends TSchema
  ? Static<S[K]>
  : unknown
/** Params, query and body in one object: what a verb is given. */
export type Input<S extends RouteSchema> = Part<S, 'params'> & Part<S, 'querystring'> & Part<S, 'body'>
export type Output<S extends RouteSchema> = S['response'] extends TSchema
  ? Static<S['response']>
  : S['file'] extends string
    ? Download
    : unknown

/** One row of a room's table of routes. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  guard: GuardName
  /** Of those whom nobody knows: behind the guards `anyone` and `enrolling`. */
  limit: LimitName
  schema: RouteSchema
  handler: (input: never, visit: Visit) => Promise<unknown>
}

/**
 * Declares a route, so that the compiler holds the verb against the schema.
 * @param line method and address, as in `POST /api/enrolment`
 * @param limit how much of it an address may have, where it is more than to ask
 */
export const route = <S extends RouteSchema>(
  line: `${Route['method']} ${string}`,
  guard: GuardName,
  schema: S,
  handler: (input: Input<S>, visit: Visit) => Promise<Output<S>>,
  limit: LimitName = 'ask',
): Route => {
  const [method, url] = line.split(' ') as [Route['method'], string]
  return { method, url, guard, limit, schema, handler }
}
