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
  path: string
  headers?: Record<string, string>
  body: string
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

/** Sends all at once, one to each instance in turn. */
export const race = ({ issuer, instances }: Stage, shots: readonly Shot[]): Promise<Answer[]> =>
  Promise.all(
    shots.map(async ({ path, headers = {}, body }, place) => {
      const instance = place % instances.length
      const send = instances[instance] ?? instances[0]
      const answer = await send(new URL(path, issuer), { method: 'POST', headers, body })
      return { instance, status: answer.status, error: errorIn(await answer.text()) }
    }),
  )

/** Sends the same as often as there are rivals. */
export const raceAlike = (stage: Stage, shot: Shot): Promise<Answer[]> =>
  race(
    stage,
    Array.from({ length: rivals }, () => shot),
  )

const errorIn = (body: string): string | undefined => {
  try {
    return JSON.parse(body).error
  } catch {
    return `not JSON: ${body.slice(0, 100)}`
  }
}
