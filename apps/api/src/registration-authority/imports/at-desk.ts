import { Readable } from 'node:stream'
import { type ImportPeople, type ImportTally, mostImportRows, type PreviewImport } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { isRefusal, Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import { type Bringer, importPeople, previewImport } from './import-people.ts'

const task = 'create-person'

/** An agent, who may add people where their duty reaches, as long as they are there. */
const bringerOf = (deps: Deps, visit: Visit): Bringer => {
  const signedIn = visitor(visit)
  return {
    origin: { actor: signedIn.personId, requestId: visit.requestId },
    reach: async (tx) => {
      await deps.sessions.requireLive(tx, signedIn)
      await deps.access.holdPositions(tx, signedIn.personId)
      return deps.access.reachOf(signedIn.personId, task, tx)
    },
  }
}

/** A file that a browser sends is small enough for one answer. Lines end as whatever reads the file takes them to end. */
const requireFew = (csv: string): void => {
  if (csv.split(/\r\n|[\r\n]/).length > mostImportRows * 2)
    throw new Refusal('too_large', undefined, [`Send at most ${mostImportRows} people at once.`])
}

const recordRefusal = async (deps: Deps, visit: Visit, error: unknown) => {
  if (!isRefusal(error) || error.code === 'not_signed_in') return
  const details = { task, why: error.code }
  const event = { type: 'desk-refused', outcome: 'refused', details } as const
  await deps.recordAlone({ ...event, actor: visitor(visit).personId, requestId: visit.requestId })
}

/**
 * Says what would become of a file of people, row by row, and adds nobody.
 * @throws Refusal `too_large`; `not_signed_in` when the session ended meanwhile
 */
export const previewImportAtDesk =
  (deps: Deps) =>
  async ({ csv }: PreviewImport, visit: Visit): Promise<ImportTally> => {
    requireFew(csv)
    return previewImport(deps)(Readable.from([csv]), bringerOf(deps, visit))
  }

/**
 * Adds the people of a file at organisations within the agent's reach.
 * @throws Refusal `too_large`; `not_signed_in`; `file_invalid` with every fault where good rows alone were not asked for
 */
export const importPeopleAtDesk =
  (deps: Deps) =>
  async ({ csv, goodRowsOnly = false }: ImportPeople, visit: Visit): Promise<ImportTally> => {
    requireFew(csv)
    try {
      return await importPeople(deps)(() => Readable.from([csv]), bringerOf(deps, visit), { goodRowsOnly })
    } catch (error) {
      await recordRefusal(deps, visit, error)
      throw error
    }
  }
