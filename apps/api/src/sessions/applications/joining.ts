import { newId } from '#kernel'
import type { LiveSessionDeps } from '../deps.ts'
import { limitsAt } from '../rules.ts'
import type { Joined, JoinParams } from './store.ts'

/**
 * What `joiningApplication` is to be given, now, for an application that is given a code. Its person is at work, which is
 * noted, unless that was done a moment ago.
 */
export const joining =
  ({ store, now, policy }: Pick<LiveSessionDeps, 'store' | 'now' | 'policy'>) =>
  async (session: Joined, clientId: string): Promise<JoinParams> => {
    const { sessionId, authenticatorId, authenticatedAt, assuranceLevel, reasons, assignmentId, lastActiveAt } = session
    const limits = limitsAt(now(), policy)
    if (lastActiveAt < limits.notedBefore) await store.noteActive(sessionId, limits)
    const told = [authenticatorId, assuranceLevel, reasons, authenticatedAt] as const
    return [newId(), sessionId, clientId, limits.now, ...told, assignmentId]
  }
