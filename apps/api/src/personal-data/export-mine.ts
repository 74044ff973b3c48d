import type { PersonalExport } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import type { Deps } from './deps.ts'
import { everythingAbout } from './everything-about.ts'

/** Gives whoever asks all that is held about them, to take along. That they did is recorded. */
export const exportMine =
  (deps: Deps) =>
  async (_input: unknown, visit: Visit): Promise<PersonalExport> => {
    const { personId } = visitor(visit)
    await deps.recordAlone({
      ...{ type: 'person-exported', actor: personId, person: personId, requestId: visit.requestId },
      details: { as: 'holder' },
    })
    return everythingAbout(deps)(personId)
  }
