import type { IncomingMessage } from 'node:http'
import { notes } from '#kernel'

const networks = notes<IncomingMessage, string>()

/** Notes where a request comes from that the library is about to serve: it believes proxies in a way of its own. */
export const noteSender = (request: IncomingMessage, network: string): void => void networks.set(request, network)

/** Where a request comes from that the library serves. */
export const senderOf = (request: IncomingMessage): string => networks.get(request) ?? 'nowhere'
