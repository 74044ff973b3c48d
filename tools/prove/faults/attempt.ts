import { Unheard } from './heard.ts'
import type { DeedType, Life } from './ledger.ts'

/** A life is over sooner than it was meant to be: what was asked for last was refused, or nobody knows. */
export class Over extends Error {}

interface Answer {
  status: number
  body: unknown
  /** Where a browser was sent. */
  location?: URL | undefined
}

/** No 503 can be sent to an application through a browser: this is what stands for it there (RFC 6749 §4.1.2.1). */
const isAway = ({ status, location }: Answer): boolean =>
  status >= 500 || location?.searchParams.get('error') === 'temporarily_unavailable'

const wordsOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body)).slice(0, 200)

/**
 * Asks for something once, and notes what came of it.
 * @param type the deed that it is, if it leaves an event of its own
 * @throws Over unless it was done and acknowledged
 */
export const attempt = async <A extends Answer>(
  life: Life,
  { step, type }: { step: string; type?: DeedType },
  request: () => Promise<A>,
): Promise<A> => {
  const note = (came: 'acknowledged' | 'open') => void (type && life.deeds.push({ type, came }))
  const answer = await request().catch((error) => {
    if (!(error instanceof Unheard)) throw error
    note('open')
    throw new Over(step)
  })
  if (isAway(answer)) {
    note('open')
    throw new Over(step)
  }
  if (answer.status >= 400) refuse(life, step, `${answer.status} ${wordsOf(answer.body)}`)
  note('acknowledged')
  return answer
}

/** @throws Over, with the refusal noted */
export const refuse = (life: Life, step: string, said: string): never => {
  life.refusals.push({ step, said })
  throw new Over(step)
}
