import type { RecordEvent } from '#audit'
import { type Visit, visitor } from '#http'
import type { InTransaction } from '#kernel'
import type { endSession } from './end-sessions.ts'

interface Deps {
  endSession: ReturnType<typeof endSession>
  inTransaction: InTransaction
  record: RecordEvent
}

/** Ends a session by its person's wish, and notes it. */
export const endAndRecord =
  ({ endSession, inTransaction, record }: Deps) =>
  (session: { sessionId: string; personId: string }, requestId?: string): Promise<void> =>
    inTransaction(async (tx) => {
      if (!(await endSession(tx, session.sessionId, 'signed-out'))) return
      await record(tx, {
        type: 'signed-out',
        actor: session.personId,
        person: session.personId,
        requestId,
        details: { session: session.sessionId },
      })
    })

/** Signs out of Fobwatch in this browser, and of every application that was signed on from it. */
export const signOut =
  (deps: Deps) =>
  async (_input: unknown, visit: Visit): Promise<void> => {
    await endAndRecord(deps)(visitor(visit), visit.requestId)
    visit.clearSessionCookie()
  }
