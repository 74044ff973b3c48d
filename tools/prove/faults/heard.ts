import type { Send } from '@fobwatch/testkit'
import type { Instance } from './instance.ts'

/** What callers have seen since the last round: each kind of answer with how often, and what nobody ought to have seen. */
export interface Seen {
  answers: Record<string, number>
  faults: string[]
}

/** Listens to all answers of all instances. */
export interface Heard {
  /** Carries requests to an instance, and notes what comes of each. */
  sendTo: (instance: Instance) => Send
  /** Gives what was seen, and begins anew. */
  take: () => Seen
}

/** What must not be seen of an answer: only that the service is away, and when to come again. */
const wrongWith = ({ status, headers }: Response): string | undefined => {
  if (status < 500) return undefined
  if (status !== 503) return `answered ${status}`
  return /^\d+$/.test(headers.get('retry-after') ?? '') ? undefined : 'answered 503 without Retry-After'
}

export const createHeard = (): Heard => {
  let seen: Seen = { answers: {}, faults: [] }
  const count = (what: string) => {
    seen.answers[what] = (seen.answers[what] ?? 0) + 1
  }
  return {
    sendTo: (instance) => async (url, init) => {
      const asked = `${init.method ?? 'GET'} ${url.pathname.replace(/^\/(sign-in|authorize)\/[^/]{20,}/, '/$1/…')}`
      try {
        const answer = await instance.send(url, init)
        count(answer.status >= 500 || answer.status === 429 ? String(answer.status) : 'answered')
        const wrong = wrongWith(answer)
        if (wrong) seen.faults.push(`${instance.name} ${wrong}: ${asked}`)
        return answer
      } catch (error) {
        const isUnanswered = error instanceof Error && error.message.endsWith('was not answered')
        count(isUnanswered ? 'unanswered' : 'cut')
        const isEarned = instance.harm === 'killed' || (isUnanswered && instance.harm === 'frozen')
        if (!isEarned) seen.faults.push(`${instance.name} ${isUnanswered ? 'did not answer' : 'cut off'}: ${asked}`)
        throw new Unheard(asked, { cause: error })
      }
    },
    take: () => {
      const taken = seen
      seen = { answers: {}, faults: [] }
      return taken
    },
  }
}

/** No answer came: what was asked for may have been done, or not. */
export class Unheard extends Error {}
