import type { HeldRole, SessionView } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { Refusal } from '#kernel'
import { fullName, type Person } from '#people'
import type { LiveSession } from './store.ts'

interface Deps {
  findLiveSession: (secret: string | undefined) => Promise<LiveSession | undefined>
  findPerson: (id: string) => Promise<Person | undefined>
  rolesHeldBy: (personId: string) => Promise<HeldRole[]>
  /** Whether the desk is open to a person. */
  mayUseDesk: (personId: string) => Promise<boolean>
  /** Whether a person may manage applications. */
  mayManageClients: (personId: string) => Promise<boolean>
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
    const [session, person, roles, desk, applications, reachableLevel] = await Promise.all([
      deps.findLiveSession(visit.sessionSecret),
      deps.findPerson(personId),
      deps.rolesHeldBy(personId),
      deps.mayUseDesk(personId),
      deps.mayManageClients(personId),
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
      applications,
    }
  }
