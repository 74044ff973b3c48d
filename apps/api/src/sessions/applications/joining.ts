import { newId } from '#kernel'
import type { LiveSessionDeps } from '../deps.ts'
import { limitsAt } from '../rules.ts'
import type { Joined, JoinParams } from './store.ts'

/** What `joiningApplication` is to be given, now, for an application that is given a code. */
export const joining =
  ({ now, policy }: Pick<LiveSessionDeps, 'now' | 'policy'>) =>
  async (session: Joined, clientId: string): Promise<JoinParams> => {
    const { sessionId, authenticatorId, authenticatedAt, assuranceLevel, reasons, assignmentId } = session
    const limits = limitsAt(now(), policy)
    const told = [authenticatorId, assuranceLevel, reasons, authenticatedAt] as const
    return [newId(), sessionId, clientId, limits.now, ...told, limits.notedBefore, assignmentId]
  }
