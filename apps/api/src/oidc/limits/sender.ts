import type { IncomingMessage } from 'node:http'
import { notes } from '#kernel'

/** Where a request comes from, and the id of its browser where that was logged in with before. */
export interface Sender {
  network: string
  known: () => string | undefined
}

const senders = notes<IncomingMessage, Sender>()

/** Notes who sends a request that the library is about to serve: it believes proxies in a way of its own. */
export const noteSender = (request: IncomingMessage, sender: Sender): void => void senders.set(request, sender)

/** Who sends a request that the library serves. */
export const senderOf = (request: IncomingMessage): Sender =>
  senders.get(request) ?? { network: 'nowhere', known: () => undefined }
