import type { EventType } from '#audit'
import { type Visit, visitor } from '#http'
import { isRefusal, Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { reachesEverybody } from '../reaches-everybody.ts'

const task = 'manage-clients'

/** Who does a deed about applications: somebody at the desk, or whoever has the command line, who is nobody here. */
export type Operator = Visit | null

/** Facts of a deed for its event. */
export type DeedDetails = Record<string, string | number | boolean | readonly string[]>

/** What a deed about an application comes to. */
export interface Done<T> {
  result: T
  /** Absent where nothing changed, and nothing is recorded. */
  details?: DeedDetails
}

/** Applications concern everybody, so that they take a duty over everybody. */
const requireRight = async (deps: Deps, tx: Transaction, visit: Visit): Promise<void> => {
  const signedIn = visitor(visit)
  await deps.sessions.requireLive(tx, signedIn)
  await deps.access.holdPositions(tx, signedIn.personId)
  if (!(await reachesEverybody(deps, signedIn.personId, task, tx)))
    throw new Refusal('not_allowed', new Error('the duty does not reach everybody'))
}

/**
 * Does a deed about an application, in one transaction with the operator's right to it and with its event; a refusal is
 * recorded by itself.
 * @throws Refusal `not_signed_in` when the session ended meanwhile; `not_allowed` for whoever's duty does not reach
 *   everybody; and as the deed does
 */
export const deedAboutClient = async <T>(
  deps: Deps,
  operator: Operator,
  { type, client }: { type: EventType; client?: string | undefined },
  deed: (tx: Transaction) => Promise<Done<T>>,
): Promise<T> => {
  const about = { type, client, actor: operator && visitor(operator).personId, requestId: operator?.requestId }
  try {
    return await deps.inTransaction(async (tx) => {
      if (operator) await requireRight(deps, tx, operator)
      const { result, details } = await deed(tx)
      if (details) await deps.record(tx, { ...about, details })
      return result
    })
  } catch (error) {
    if (isRefusal(error) && error.code !== 'not_signed_in') await deps.recordAlone(refused(about, error))
    throw error
  }
}

/** What was wrong with a registration is named by its fields; what stood in them is nobody's business. */
const refused = <About extends { type: EventType; client?: string | undefined }>(
  { client, ...about }: About,
  { code, faults }: Refusal,
) => ({
  ...about,
  // An id that was refused may be anything.
  client: code === 'client_invalid' ? null : client,
  outcome: 'refused' as const,
  details: { code, ...(faults.length > 0 && { fields: [...new Set(faults.map(({ field }) => field))].slice(0, 50) }) },
})
