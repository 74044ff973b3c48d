import type { EndedSessions } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { deedAbout } from './deed-about.ts'
import type { Deps } from './deps.ts'

/**
 * Logs somebody out wherever they are logged in, whatever their profile: every token of theirs is dead at once, and their
 * applications are told (OpenID Connect Back-Channel Logout 1.0 §2.3). They can log in again with what they have.
 * @returns how many sessions ended
 * @throws Refusal as `deedAbout` does
 */
export const endTheirSessions =
  (deps: Deps) =>
  ({ staffId }: { staffId: string }, visit: Visit): Promise<EndedSessions> => {
    const about = {
      ...{ staffId, notToOneself: 'Your own are on the page “Where you are logged in”.', onlyActive: false },
      orTask: 'close-person',
    } as const
    return deedAbout(deps, visit, about, async (tx, person) => {
      const ended = await deps.sessions.endSessionsOfPerson(tx, person, 'person-signed-out')
      await deps.record(tx, {
        ...{ type: 'signed-out-by-desk', actor: visitor(visit).personId, person, requestId: visit.requestId },
        details: { sessions: ended },
      })
      return { ended }
    })
  }
