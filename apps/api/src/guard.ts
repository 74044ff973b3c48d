import type { Task } from '#access'
import type { Guard, SignedIn } from '#http'
import { type Now, Refusal } from '#kernel'
import { isFresh, type LiveSession } from '#sessions'

interface Deps {
  now: Now
  findLiveSession: (secret: string | undefined) => Promise<LiveSession | undefined>
  mayDo: (personId: string, task: Task) => Promise<boolean>
}

const isDesk = (name: string): name is `desk:${Task}` => name.startsWith('desk:')

/**
 * What stands behind the names of guards.
 * @throws Refusal `not_signed_in`; `fresh_assertion_needed` when the last assertion was minutes ago; `not_allowed` when
 *   no duty of the person allows the task
 */
export const createGuard =
  ({ now, findLiveSession, mayDo }: Deps): Guard =>
  async (name, visit) => {
    if (name === 'anyone') return undefined
    const session: SignedIn | undefined = await findLiveSession(visit.sessionSecret)
    if (!session) throw new Refusal('not_signed_in')
    if (name === 'fresh' && !isFresh(session.authenticatedAt, now())) throw new Refusal('fresh_assertion_needed')
    if (isDesk(name) && !(await mayDo(session.personId, name.slice('desk:'.length) as Task)))
      throw new Refusal('not_allowed', `no duty allows ${name}`)
    return session
  }
