import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { ExportAudit } from '@fobwatch/contracts'
import { type Download, type Visit, visitor } from '#http'
import { isRefusal, Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { reachesEverybody } from '../reaches-everybody.ts'
import { requireSecondPerson } from '../requests/index.ts'

const task = 'export-audit'

/** The log is about everybody, so that it takes a duty over everybody, and somebody else who has one. */
const requireRight = async (
  deps: Deps,
  tx: Transaction,
  visit: Visit,
  requestId: string | undefined,
): Promise<void> => {
  const signedIn = visitor(visit)
  await deps.sessions.requireLive(tx, signedIn)
  await deps.access.holdPositions(tx, signedIn.personId)
  if (!(await reachesEverybody(deps, signedIn.personId, task, tx)))
    throw new Refusal('not_allowed', new Error('the duty does not reach everybody'))
  await requireSecondPerson(deps, tx, {
    ...{ kind: task, twoPeople: true, actor: signedIn.personId, asked: {}, requestId },
    visitId: visit.requestId,
  })
}

const nameAt = (now: Date): string => `fobwatch-audit-${now.toISOString().slice(0, 19).replaceAll(':', '')}.jsonl.gz`

/**
 * Gives the whole log as a compressed file, as it is made. That it was asked for is recorded before its first line.
 * @throws Refusal `not_signed_in` when the session ended meanwhile; `not_allowed` for whoever's duty does not reach
 *   everybody; `second_person_needed`, `request_not_approved` as every deed that takes two people
 */
export const exportLog =
  (deps: Deps) =>
  async ({ request }: ExportAudit, visit: Visit): Promise<Download> => {
    const about = {
      ...({ type: 'audit-exported', actor: visitor(visit).personId, requestId: visit.requestId } as const),
      details: { by: 'desk', ...(request && { request }) },
    }
    try {
      await deps.inTransaction(async (tx) => {
        await requireRight(deps, tx, visit, request)
        await deps.record(tx, about)
      })
    } catch (error) {
      if (isRefusal(error) && error.code !== 'not_signed_in')
        await deps.recordAlone({ ...about, outcome: 'refused', details: { by: 'desk', code: error.code } })
      throw error
    }
    const lines = Readable.from(deps.auditChain.exportLines())
    const content = createGzip()
    lines.on('error', (error) => content.destroy(error))
    content.on('close', () => lines.destroy())
    return { name: nameAt(deps.now()), content: lines.pipe(content) }
  }
