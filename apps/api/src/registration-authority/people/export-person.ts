import type { PersonalExport } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import type { Deps } from '../deps.ts'
import { personWithin } from '../person-within.ts'

/**
 * Gives the desk all that is held about somebody, for them: whoever may erase somebody answers for what is held. That it
 * was made is recorded, and its person sees that.
 * @throws Refusal `not_found` for a person outside the agent's organisations
 */
export const exportPerson =
  (deps: Deps) =>
  async ({ staffId }: { staffId: string }, visit: Visit): Promise<PersonalExport> => {
    const { personId } = await personWithin(deps, visit, staffId, 'erase-person')
    const actor = visitor(visit).personId
    await deps.recordAlone({
      ...{ type: 'person-exported', actor, person: personId, requestId: visit.requestId },
      details: { as: 'desk' },
    })
    return deps.personalData.everythingAbout(personId)
  }
