import type { IncomingMessage } from 'node:http'
import { Provider } from 'oidc-provider'
import { notes } from '#kernel'

const ids = notes<IncomingMessage, string>()

/** Notes under which name the log and the audit know a request that the library is about to serve. */
export const noteRequestId = (request: IncomingMessage, id: string): void => void ids.set(request, id)

/** The name of a request that the library serves; of the one at hand unless one is given. */
export const requestIdOf = (request: IncomingMessage | undefined = Provider.ctx?.req): string | undefined =>
  request && ids.get(request)
