import type { Visit } from '#http'
import { Refusal } from '#kernel'
import type { LiveSession } from '#sessions'
import type { SignInDeps } from './deps.ts'

/** A session whose person chooses. */
type Chooser = Pick<LiveSession, 'personId' | 'sessionId'>

/**
 * Sets the role that a session acts in, and records it; that one was refused, too.
 * @throws Refusal `not_signed_in` when the session has ended; `role_unknown` when the role is not one that they hold now
 */
export const takeRole = async (
  deps: SignInDeps,
  { personId, sessionId }: Chooser,
  role: string,
  { requestId }: Visit,
): Promise<void> => {
  const event = {
    type: 'role-chosen',
    ...{ actor: personId, person: personId, requestId },
    details: { session: sessionId, role },
  } as const
  const held = await deps.rolesHeldBy(personId)
  if (!held.some(({ id }) => id === role)) {
    await deps.recordAlone({ ...event, outcome: 'refused' })
    throw new Refusal('role_unknown')
  }
  await deps.inTransaction(async (tx) => {
    if ((await deps.sessions.chooseRole(tx, sessionId, role)) === 0) throw new Refusal('not_signed_in')
    await deps.record(tx, event)
  })
}
