import type { AuditEntry, AuditPage, SearchAudit } from '@fobwatch/contracts'
import type { PersonalFields } from '#audit'
import { type Visit, visitor } from '#http'
import { Refusal } from '#kernel'
import { fullName } from '#people'
import type { Deps } from '../deps.ts'
import { recordRefusal } from '../person-within.ts'
import { reachesEverybody } from '../reaches-everybody.ts'
import { conditionsOf, cursorAfter, cursorOf, type SearchedPeople } from './search-conditions.ts'
import type { EntryRow, SomebodyRow } from './store.ts'

const task = 'read-audit'
const pageLength = 50

/** Where the reader may read: null for everywhere, and so about nobody in particular too. */
const reachOfReader = async (deps: Deps, actor: string): Promise<string[] | null> =>
  (await reachesEverybody(deps, actor, task)) ? null : deps.access.reachOf(actor, task)

/** The row of somebody whom the reader may read about. */
const idWithin = async (deps: Deps, visit: Visit, reach: string[] | null, staffId: string): Promise<string> => {
  const person = await deps.store.findAnyone(staffId)
  if (!person) throw new Refusal('not_found')
  if (reach === null || (await deps.store.findPerson(reach, staffId, deps.now()))) return person.id
  await recordRefusal(deps, visit, person.id, task, 'outside')
  throw new Refusal('not_found')
}

const somebody = (row: SomebodyRow | null, id: string | null): AuditEntry['person'] => {
  if (id === null) return null
  return { staffId: row?.isWithin ? row.staffId : null, name: row?.isSeen ? fullName(row) : null }
}

const asEntry = (row: EntryRow, personal: PersonalFields | null): AuditEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  type: row.type,
  outcome: row.outcome,
  person: somebody(row.about, row.person),
  actor: somebody(row.by, row.actor),
  client: row.client === null ? null : { id: row.client, name: row.clientName },
  requestId: row.requestId,
  details: row.details,
  personal,
})

/** What was asked, in words that name nobody: whom it was for stands in the event as a row's id. */
const recordReading = (
  deps: Deps,
  visit: Visit,
  asked: SearchAudit,
  { people, found }: { people: SearchedPeople; found: number },
): Promise<void> => {
  const { type, outcome, client, from, to, after } = asked
  const words = { type, outcome, from, to, by: people.actor }
  return deps.recordAlone({
    ...{ type: 'audit-read', actor: visitor(visit).personId, person: people.person, client },
    requestId: visit.requestId,
    details: {
      ...Object.fromEntries(
        Object.entries(words).flatMap(([name, word]) => (word === undefined ? [] : [[name, word]])),
      ),
      found,
      ...(after !== undefined && { further: true }),
    },
  })
}

/**
 * Searches the log, newest first, a page at a time. A manager reads about the people of their own organisations, and what
 * those did; whose duty reaches everybody reads all. Who is in it is named, and their personal fields are opened, only to
 * whoever may find that person at the desk. That it was read is recorded.
 * @throws Refusal `not_found` for somebody outside the reader's organisations
 */
export const searchLog =
  (deps: Deps) =>
  async (asked: SearchAudit, visit: Visit): Promise<AuditPage> => {
    const reader = visitor(visit).personId
    const [reach, seen] = [await reachOfReader(deps, reader), await deps.access.reachOf(reader, 'find-person')]
    const idOf = (staffId: string | undefined) => staffId && idWithin(deps, visit, reach, staffId)
    const people = { person: await idOf(asked.person), actor: await idOf(asked.actor) }
    const limit = Number(asked.limit ?? pageLength)
    const rows = await deps.auditSearch.search({
      ...{ reach, seen, at: deps.now(), limit: limit + 1 },
      conditions: conditionsOf(asked, people),
      after: asked.after === undefined ? null : cursorOf(asked.after),
    })
    const page = rows.slice(0, limit)
    await recordReading(deps, visit, asked, { people, found: page.length })
    const open = await deps.openFields(page.filter(({ about }) => about?.isSeen))
    const last = rows.length > limit ? page.at(-1) : undefined
    return {
      rows: page.map((row) => asEntry(row, row.about?.isSeen ? open(row) : null)),
      next: last ? cursorAfter(last) : null,
    }
  }
