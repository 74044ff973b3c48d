import type { HeldRole, SessionView } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { Refusal } from '#kernel'
import { fullName, type Person } from '#people'
import type { LiveSession } from './store.ts'

interface Deps {
  findLiveSession: (secret: string | undefined) => Promise<LiveSession | undefined>
  findPerson: (id: string) => Promise<Person | undefined>
  rolesHeldBy: (personId: string) => Promise<HeldRole[]>
  /** The tasks at the desk that a person's duties allow. */
  tasksOf: (personId: string) => Promise<string[]>
  /** The highest level that a person can reach with what they have. */
  reachableLevel: (personId: string) => Promise<number>
}

/**
 * Who is signed in.
 * @throws Refusal `not_signed_in`
 */
export const showSession =
  (deps: Deps) =>
  async (_input: unknown, visit: Visit): Promise<SessionView> => {
    const { personId, assignmentId } = visitor(visit)
    const [session, person, roles, desk, reachableLevel] = await Promise.all([
      deps.findLiveSession(visit.sessionSecret),
      deps.findPerson(personId),
      deps.rolesHeldBy(personId),
      deps.tasksOf(personId),
      deps.reachableLevel(personId),
    ])
    if (!session || !person) throw new Refusal('not_signed_in')
    return {
      name: fullName(person),
      staffId: person.staffId,
      role: roles.find(({ id }) => id === assignmentId) ?? null,
      mayChangeRole: roles.length > 1,
      authenticatedAt: session.authenticatedAt.toISOString(),
      assuranceLevel: session.assuranceLevel,
      reachableLevel,
      reasons: session.reasons,
      shared: session.shared,
      desk,
    }
  }
