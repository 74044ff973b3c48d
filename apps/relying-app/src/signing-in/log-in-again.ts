import { logInPath } from '../pages/index.ts'
import type { Visit } from './for-logged-in.ts'
import type { SendFault } from './send-fault.ts'

/** Sends somebody whose access token an API did not take to log in again; `why` is the API's own code. */
export type LogInAgain = (visit: Visit, why: string) => unknown

/**
 * A token that was good when it came can be refused before it runs out, as when the key that signed it leaked: the browser
 * goes to Fobwatch for another, as it does for one that has run out (RFC 6750 §3.1). If the new one is refused too, that is
 * a fault to show: once more would be a circle.
 */
export const createLogInAgain =
  (sendFault: SendFault): LogInAgain =>
  ({ session, visitor, request, reply }, why) => {
    if (session.refused === 'last') {
      const error = new Error(`the API refused two tokens in a row, the last with ${why}`)
      return sendFault(request, reply, { fault: 'not_believed', error, returnTo: visitor.path })
    }
    session.refused = 'this'
    request.log.warn({ why }, 'the API refused a token that was good when it came: another is fetched')
    return reply.redirect(logInPath(visitor.path), 303)
  }
