import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Server as NetServer } from 'node:net'
import { bag } from '#kernel'

/** What comes and goes at a server that listens. */
export interface Traffic {
  /**
   * How many requests have come whole and no answer has begun to. One that is sent slowly, or whose answer is read slowly, costs
   * nothing but its connection.
   */
  underWay: () => number
  /** From now on every answer ends its connection; and, where that is said, we are not ready for more. */
  letGo: (how: { unready: boolean }) => void
  /** Whether balancers are told to send nothing more. */
  isEnding: () => boolean
  /**
   * Takes no more connections. Resolves when the last has ended: with its answer, or at once where it is idle; patiently, an idle
   * one is kept, since somebody may be sending along it.
   */
  end: (how: { patiently: boolean }) => Promise<void>
}

/** Counting thousands of slow ones for each of them would be work: the number is kept for so long. Milliseconds. */
const countedFor = 50
/** So few are counted each time, and however much of them has come. */
const few = 64

const isUnanswered = ({ headersSent, writableEnded }: ServerResponse): boolean => !headersSent && !writableEnded
const isOurTurn = (answer: ServerResponse): boolean => answer.req.complete && isUnanswered(answer)

/** Watches the requests that come to a server, from before anything else sees them. */
export const watchTraffic = (server: Server): Traffic => {
  const answers = bag<ServerResponse>()
  let letsGo = false
  let unready = false
  let impatient = false
  let closed: Promise<void> | undefined
  let counted = { at: Number.NEGATIVE_INFINITY, number: 0 }

  const endConnection = (answer: ServerResponse): void => {
    if (!answer.headersSent) answer.setHeader('connection', 'close')
  }
  const count = (isCounted: (answer: ServerResponse) => boolean): number => {
    let number = 0
    for (const answer of answers.all()) if (isCounted(answer)) number += 1
    return number
  }
  const dropIdle = (): void => {
    // Whoever has never sent a request counts as sending one, for Node.
    if (answers.all().length === 0) server.closeAllConnections()
    else server.closeIdleConnections()
  }
  server.prependListener('request', (_request: IncomingMessage, answer: ServerResponse) => {
    answers.put(answer)
    if (letsGo) endConnection(answer)
    answer.once('close', () => {
      answers.take(answer)
      if (impatient) setImmediate(dropIdle)
    })
  })

  return {
    underWay: () => {
      if (answers.all().length <= few) return count(isUnanswered)
      const at = performance.now()
      if (at - counted.at > countedFor) counted = { at, number: count(isOurTurn) }
      return counted.number
    },
    letGo: (how) => {
      letsGo = true
      unready ||= how.unready
      for (const answer of answers.all()) endConnection(answer)
    },
    isEnding: () => unready,
    end: async ({ patiently }) => {
      // Not as an HTTP server closes: that ends idle connections too, one of which a request may be coming along.
      closed ??= new Promise((resolve) => NetServer.prototype.close.call(server, () => resolve()))
      if (!patiently) {
        impatient = true
        dropIdle()
      }
      await closed
    },
  }
}
