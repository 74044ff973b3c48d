import type { Stage } from '../stage/set-stage.ts'
import type { Answer, Rule } from './judge.ts'

/** How many try at once. */
export const rivals = 16

/** How one thing fared that many tried to use at once. */
export interface Race {
  answers: Answer[]
  /** What the service kept of it, if that is not what one success leaves behind. */
  alsoWrong?: string | undefined
}

/** A kind of thing that is to be used once. */
export interface Kind extends Rule {
  name: string
  /** What the rivals send, in a sentence. */
  says: string
  /** Gets everything ready for races one after the other. @returns what makes one such thing and races for it */
  enter: (stage: Stage) => Promise<() => Promise<Race>>
}

/** A request, as each of the rivals sends it. */
interface Shot {
  method?: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: string
}

const json = 'application/json'
const form = 'application/x-www-form-urlencoded'

/** A request that a page of the service would make, in a browser that holds these cookies. */
export const fromPage = (issuer: string, path: string, body: unknown, cookie = ''): Shot => ({
  path,
  headers: { 'content-type': json, origin: issuer, 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }) },
  body: JSON.stringify(body),
})

/** A request that an application's server would make. */
export const fromServer = (path: string, parameters: Record<string, string>): Shot => ({
  path,
  headers: { 'content-type': form },
  body: new URLSearchParams(parameters).toString(),
})

/** A page that a browser with these cookies opens. */
export const fromBrowser = (path: string, cookie: string): Shot => ({ method: 'GET', path, headers: { cookie } })

/** Sends all at once, one to each instance in turn. */
export const race = ({ issuer, instances }: Stage, shots: readonly Shot[]): Promise<Answer[]> =>
  Promise.all(
    shots.map(async ({ method = 'POST', path, headers = {}, body }, place) => {
      const instance = place % instances.length
      const send = instances[instance] ?? instances[0]
      const answer = await send(new URL(path, issuer), { method, headers, ...(body !== undefined && { body }) })
      const back = answer.headers.get('location')
      if (back) return { instance, ...readBack(new URL(back, issuer)) }
      return { instance, status: answer.status, error: errorIn(await answer.text()) }
    }),
  )

/** Sends the same as often as there are rivals. */
export const raceAlike = (stage: Stage, shot: Shot): Promise<Answer[]> =>
  race(
    stage,
    Array.from({ length: rivals }, () => shot),
  )

/** A redirect back to the application brings a code, which is a success, or an error. */
const readBack = ({ searchParams }: URL): Pick<Answer, 'status' | 'error'> =>
  searchParams.has('code')
    ? { status: 200, error: undefined }
    : { status: 400, error: searchParams.get('error') ?? 'a redirect without a code' }

/** The error of an answer in JSON, or of a page that says it to whoever runs the application. */
const errorIn = (body: string): string | undefined => {
  try {
    return JSON.parse(body).error
  } catch {
    return /<p>error: (\w+)/.exec(body)?.[1] ?? `not JSON: ${body.slice(0, 100)}`
  }
}
