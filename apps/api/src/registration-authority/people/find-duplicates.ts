import { createHmac } from 'node:crypto'
import type { CheckDuplicates, PossibleMatch, PossibleMatches } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import type { Transaction } from '#kernel'
import { fullName, type Newcomer } from '#people'
import type { Deps } from '../deps.ts'
import type { PersonRow } from '../store.ts'

/** Names a match to one agent: nothing can be done with it but to say that it was looked at. */
const nameFor = ({ matchKey }: Pick<Deps, 'matchKey'>, actor: string, personId: string): string =>
  createHmac('sha256', matchKey).update(`${actor} ${personId}`).digest('base64url').slice(0, 22)

const asShown = (row: PersonRow, birthDate: string | null): PossibleMatch['person'] => ({
  ...{ staffId: row.staffId, name: fullName(row), birthDate, organisation: row.organisation, status: row.status },
})

/**
 * Who may be the same as a newcomer, of everybody whom the service knows. Somebody within the agent's reach is named; of
 * somebody outside it is said only that they are there, and in what they are alike.
 */
export const matchesFor = async (
  deps: Deps,
  tx: Transaction,
  actor: string,
  newcomer: Newcomer,
): Promise<PossibleMatch[]> => {
  const alike = await deps.people.findAlike(tx, newcomer)
  const reach = await deps.access.reachOf(actor, 'create-person', tx)
  const ids = alike.map(({ personId }) => personId)
  const within = new Map(
    (await deps.store.findPeopleById(reach, ids, deps.now(), tx)).map((row) => [row.personId, row]),
  )
  const matches: PossibleMatch[] = []
  for (const { personId, how, alikeIn } of alike) {
    const row = within.get(personId)
    const birthDate = row ? ((await deps.people.findPerson(personId, tx))?.birthDate ?? null) : null
    const id = nameFor(deps, actor, personId)
    matches.push({ id, how, alikeIn: [...alikeIn], person: row ? asShown(row, birthDate) : null })
  }
  return matches
}

/** Lists who may be the same as somebody who has no profile yet, before anything is stored. That it was asked is recorded. */
export const checkDuplicates =
  (deps: Deps) =>
  async (input: CheckDuplicates, visit: Visit): Promise<PossibleMatches> => {
    const { personId: actor } = visitor(visit)
    return deps.inTransaction(async (tx) => {
      const matches = await matchesFor(deps, tx, actor, input)
      const outside = matches.filter(({ person }) => person === null).length
      const details = { found: matches.length, outside, duplicates: true }
      await deps.record(tx, { type: 'desk-searched', actor, requestId: visit.requestId, details })
      return { matches }
    })
  }
