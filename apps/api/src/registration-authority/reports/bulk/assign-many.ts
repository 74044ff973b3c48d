import type { AssignMany, AssignmentsPreview } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { isRefusal, Refusal, type Transaction } from '#kernel'
import { assignPosition } from '../../access/assign-position.ts'
import type { Deps } from '../../deps.ts'
import { asTold, type JudgedRow, judgeRows } from './judge-rows.ts'
import { type AskedRow, readRows } from './read-rows.ts'

/** Who gives the positions of a file, and for which request. */
interface By {
  actor: string
  requestId: string
}

/** Gives one after another, each as it would be given by itself. */
const giveEach = async (deps: Deps, tx: Transaction, by: By, judged: readonly JudgedRow[]) => {
  const give = assignPosition(deps)
  const made = new Map<JudgedRow, string>()
  for (const row of judged) {
    const { person, position, outcome, asked } = row
    if (outcome !== 'new' || !person || !position) continue
    const dates = {
      ...(asked.startsAt && { startsAt: asked.startsAt.toISOString() }),
      ...(asked.expiresAt && { expiresAt: asked.expiresAt.toISOString() }),
    }
    made.set(row, await give(tx, by, { personId: person.personId, position: position.id, ...dates }))
  }
  return made
}

/** Those whom the file names are held as they are, always in one order, so that two files at once come one after the other. */
const holdThem = async (deps: Deps, tx: Transaction, actor: string, rows: readonly AskedRow[]) => {
  const named = await judgeRows(deps, actor, rows, tx)
  const ids = new Set(named.flatMap(({ person }) => (person ? [person.personId] : [])))
  await deps.store.lockPeople(tx, [...ids])
}

const faultsOf = (judged: readonly JudgedRow[]) =>
  judged.flatMap(({ asked, why }) => (why === null ? [] : [{ field: `row ${asked.row}`, why }]))

/**
 * Gives the positions of a file, in one transaction: of all its rows, or of those that are in order where that is asked
 * for. What somebody has already is not given again, so that the same file twice does nothing the second time.
 * @returns what became of each row
 * @throws Refusal `file_invalid` with every row at fault, unless those were to be left out; `not_signed_in` when the
 *   agent's session ended meanwhile; and as `assignPosition` does
 */
export const assignMany =
  (deps: Deps) =>
  async ({ csv, goodOnly = false }: AssignMany, visit: Visit): Promise<AssignmentsPreview> => {
    const signedIn = visitor(visit)
    const by = { actor: signedIn.personId, requestId: visit.requestId }
    const about = { type: 'intake-done', ...by } as const
    try {
      const rows = readRows(csv)
      return await deps.inTransaction(async (tx) => {
        await deps.sessions.requireLive(tx, signedIn)
        await deps.access.holdPositions(tx, by.actor)
        await holdThem(deps, tx, by.actor, rows)
        const judged = await judgeRows(deps, by.actor, rows, tx)
        const faults = faultsOf(judged)
        if (faults.length > 0 && !goodOnly) throw new Refusal('file_invalid', undefined, [], faults)
        const told = asTold(judged, await giveEach(deps, tx, by, judged))
        await deps.record(tx, { ...about, details: { intake: 'assignments', ...told.counts } })
        return told
      })
    } catch (error) {
      if (isRefusal(error) && error.code !== 'not_signed_in')
        await deps.recordAlone({ ...about, outcome: 'refused', details: { intake: 'assignments', why: error.code } })
      throw error
    }
  }
