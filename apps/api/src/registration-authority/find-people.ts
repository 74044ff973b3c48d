import type { FindPeople, FoundPeople, FoundPerson } from '@fobwatch/contracts'
import { plainName } from '#access'
import { type Visit, visitor } from '#http'
import { Refusal } from '#kernel'
import { fullName } from '#people'
import type { Deps } from './deps.ts'
import { searchPatterns, searchTerms } from './rules.ts'
import type { FoundRow } from './store.ts'

const mostResults = 10

/** A person as the desk lists them, with the role they hold at the organisation that is named. */
export const asFound = (row: FoundRow): FoundPerson => ({
  staffId: row.staffId,
  name: fullName(row),
  email: row.email,
  organisation: row.organisation,
  role: row.role === null ? null : plainName({ name: row.role }),
  status: row.status,
  ways: row.ways,
  paused: row.paused,
})

/**
 * Finds people by the beginnings of their names in any order, of their staff id or of their email address, at the
 * agent's organisations and those below. At most 10; what was searched for is not recorded, that it was is.
 * @throws Refusal `invalid_request` when fewer than 2 characters say something
 */
export const findPeople =
  (deps: Deps) =>
  async ({ search }: FindPeople, visit: Visit): Promise<FoundPeople> => {
    const terms = searchTerms(search)
    if (!terms) throw new Refusal('invalid_request')

    const actor = visitor(visit).personId
    const reach = await deps.access.reachOf(actor, 'find-person')
    const rows = await deps.store.findPeople(reach, searchPatterns(terms), mostResults, deps.now())
    await deps.recordAlone({
      type: 'desk-searched',
      actor,
      requestId: visit.requestId,
      details: { found: rows.length },
    })
    return { people: rows.map(asFound) }
  }
