import type { IntakeRow } from '@fobwatch/contracts'
import type { Transaction } from '#kernel'
import { fullName } from '#people'
import { mayAssignEach } from '../../access/may-assign.ts'
import type { Deps } from '../../deps.ts'
import type { FoundRow } from '../../store.ts'
import type { AskedRow } from './read-rows.ts'
import type { NamedPosition, Wanted } from './store.ts'

/** A row of a file, and what it would do. */
export interface JudgedRow {
  asked: AskedRow
  person: FoundRow | undefined
  position: NamedPosition | undefined
  outcome: IntakeRow['outcome']
  why: string | null
}

const keyOf = (organisation: string, position: string) => JSON.stringify([organisation, position])

/**
 * Looks at every row of a file: whom it means, what it would give, and whether this agent gives it by themselves. What
 * takes a second person, as every duty does, is given by itself and in no file.
 */
export const judgeRows = async (
  deps: Deps,
  actor: string,
  rows: readonly AskedRow[],
  tx?: Transaction,
): Promise<JudgedRow[]> => {
  const now = deps.now()
  const ways = await deps.access.waysToDo(actor, 'assign-position', tx)
  const reach = [...new Set(ways.map(({ organisationId }) => organisationId))]
  const read = rows.filter(({ fault }) => fault === null)
  const people = await deps.store.findPeopleByStaffId(reach, [...new Set(read.map((row) => row.staffId))], now, tx)
  const byStaffId = new Map(people.map((person) => [person.staffId, person]))
  const positions = (await deps.bulk.positionsNamed(read, tx)).filter((each) => reach.includes(each.organisationId))
  const byName = new Map(positions.map((each) => [keyOf(each.code, each.name), each]))
  const mayAssign = await mayAssignEach(deps, actor, tx)

  const judged: JudgedRow[] = []
  const taken = new Set<string>()
  for (const asked of rows) {
    const person = byStaffId.get(asked.staffId)
    const position = byName.get(keyOf(asked.organisation, asked.position))
    const may = position && (await mayAssign(position))
    const why = asked.fault ?? faultOf({ asked, person, position, actor, now, may, taken })
    if (why === null) taken.add(`${asked.staffId} ${position?.id}`)
    judged.push({ asked, person, position, outcome: why === null ? 'new' : 'fault', why })
  }
  return withoutHeld(deps, judged, now, tx)
}

interface Bearing extends Pick<JudgedRow, 'asked' | 'person' | 'position'> {
  actor: string
  now: Date
  may: string | undefined
  /** The rows above that are in order. */
  taken: ReadonlySet<string>
}

const faultOf = ({ asked, person, position, actor, now, may, taken }: Bearing): string | null => {
  if (!person) return 'Nobody at your organisations has this user number.'
  if (person.personId === actor) return 'Nobody gives themselves a position.'
  if (person.status !== 'active') return 'This profile is paused or closed.'
  if (!position) return 'There is no such position at your organisations.'
  if (position.duty) return 'A position with a duty is given by itself, on the page of the person.'
  if (position.retired) return 'This position is retired.'
  if (position.closed) return 'This organisation is closed, and takes no new people.'
  if (may !== 'yes') return 'You give this position with a second person only, on the page of the person.'
  if (asked.expiresAt && asked.expiresAt <= startOf(asked, now))
    return 'The end must be after the start, and still to come.'
  if (taken.has(`${asked.staffId} ${position.id}`)) return 'The same person and position stand in a row above.'
  return null
}

/** A start that is left out or past is now. */
const startOf = ({ startsAt }: AskedRow, now: Date): Date => (startsAt && startsAt > now ? startsAt : now)

const withoutHeld = async (deps: Deps, judged: JudgedRow[], now: Date, tx?: Transaction): Promise<JudgedRow[]> => {
  const wanted = judged.flatMap((row): { row: JudgedRow; wanted: Wanted }[] =>
    row.outcome === 'new' && row.person && row.position
      ? [
          {
            row,
            wanted: {
              ...{ personId: row.person.personId, positionId: row.position.id },
              ...{ startsAt: startOf(row.asked, now), expiresAt: row.asked.expiresAt },
            },
          },
        ]
      : [],
  )
  const held = await deps.bulk.alreadyHeld(
    wanted.map((each) => each.wanted),
    tx,
  )
  const there = new Set(wanted.filter((_, place) => held.has(place)).map(({ row }) => row))
  return judged.map((row) => (there.has(row) ? { ...row, outcome: 'there' } : row))
}

/** How rows are told, with the assignments that came of them. */
export const asTold = (judged: readonly JudgedRow[], made: ReadonlyMap<JudgedRow, string> = new Map()) => ({
  fault: null,
  rows: judged.map(
    (each): IntakeRow => ({
      ...{ row: each.asked.row, outcome: each.outcome, why: each.why, id: made.get(each) ?? null },
      ...{ staffId: each.asked.staffId, position: each.asked.position, organisation: each.asked.organisation },
      person: each.person ? fullName(each.person) : null,
    }),
  ),
  counts: {
    new: judged.filter(({ outcome }) => outcome === 'new').length,
    there: judged.filter(({ outcome }) => outcome === 'there').length,
    fault: judged.filter(({ outcome }) => outcome === 'fault').length,
  },
})
