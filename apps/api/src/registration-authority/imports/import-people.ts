import type { Readable } from 'node:stream'
import type { Access } from '#access'
import type { RecordEvent } from '#audit'
import { Refusal, type Transaction } from '#kernel'
import { fullName, type Origin, type People } from '#people'
import type { Row, RowFault } from './columns.ts'
import {
  bundles,
  externalIdOf,
  type LookDeps,
  lookAtRows,
  type Outcome,
  type Reach,
  rowsBefore,
} from './look-through.ts'
import { readFile } from './read-file.ts'

export interface ImportDeps extends LookDeps {
  record: RecordEvent
  people: Pick<People, 'findAlike' | 'addPerson' | 'lockNewPeople'>
  access: Pick<Access, 'affiliate'>
}

/** Who brings a file, and where they may add people; asked again in each transaction. */
export interface Bringer {
  origin: Origin
  reach: (tx: Transaction) => Promise<Reach>
}

/** What a file comes to. */
export interface Tally {
  rows: number
  /** Would be made, or were. */
  new: number
  known: number
  /** Rows that cannot be taken. */
  faulty: number
  /** The first of the faults. */
  faults: RowFault[]
  /** Those who were made, as many of them as are to be named. */
  added?: Made[]
}

interface Made {
  staffId: string
  name: string
}

/** How people are brought in. */
export interface How {
  goodRowsOnly: boolean
  onRows?: (tally: Tally) => void
  mostNames?: number
}

/** More faults than anybody reads. */
const mostFaults = 1000
/** As many rows as one transaction has: a few seconds, and what others wait for at most. */
const bundleSize = 200

const empty = (): Tally => ({ rows: 0, new: 0, known: 0, faulty: 0, faults: [] })

const count = (tally: Tally, outcome: Outcome): void => {
  tally.rows += 1
  tally[outcome.kind] += 1
  if (outcome.kind === 'faulty') tally.faults.push(...outcome.faults.slice(0, mostFaults - tally.faults.length))
}

/** @returns whom it made */
type Deed = (tx: Transaction, outcomes: readonly Outcome[]) => Promise<Made[]>

/**
 * Goes through a file, a bundle and a transaction after the other.
 * @param onMade hears of each bundle's when it is committed: a transaction may be run again
 */
const goThrough = async (
  deps: ImportDeps,
  file: Readable,
  bringer: Bringer,
  { deed, onMade, onRows }: { deed?: Deed; onMade?: (made: Made[]) => void; onRows?: How['onRows'] | undefined },
): Promise<Tally> => {
  const tally = empty()
  const before = rowsBefore()
  for await (const bundle of bundles(readFile(file, deps.now().toISOString().slice(0, 10)), bundleSize)) {
    const checked = bundle.map((read): Outcome | Row => {
      if (!read.row) return { kind: 'faulty', faults: read.faults }
      const again = before(read.row)
      return again ? { kind: 'faulty', faults: [again] } : read.row
    })
    const { outcomes, made } = await deps.inTransaction(async (tx) => {
      if (deed) await deps.people.lockNewPeople(tx)
      const rows = checked.filter((each) => !('kind' in each)) as Row[]
      const looked = await lookAtRows(deps)(tx, rows, await bringer.reach(tx))
      const found = new Map(rows.map((row, at) => [row, looked[at] as Outcome]))
      const outcomes = checked.map((each) => ('kind' in each ? each : (found.get(each) as Outcome)))
      return { outcomes, made: (await deed?.(tx, outcomes)) ?? [] }
    })
    onMade?.(made)
    for (const outcome of outcomes) count(tally, outcome)
    onRows?.(tally)
  }
  return tally
}

const addOne = async (
  deps: ImportDeps,
  tx: Transaction,
  { row, organisationId }: Extract<Outcome, { kind: 'new' }>,
  origin: Origin,
) => {
  const { line: _, organisation: __, externalId: ___, ...details } = row
  // Nobody looked at a document: that is for the desk.
  const person = await deps.people.addPerson(
    tx,
    { ...details, externalId: externalIdOf(row), identityLevel: 1 },
    origin,
  )
  await deps.access.affiliate(tx, person.id, organisationId)
  return { staffId: person.staffId, name: fullName(person) }
}

const detailsOf = ({ rows, new: added, known, faulty }: Tally) => ({ rows, added, known, faulty })

/** Says what would become of a file, and makes nobody. That it was asked is recorded. */
export const previewImport =
  (deps: ImportDeps) =>
  async (file: Readable, bringer: Bringer, onRows?: (tally: Tally) => void): Promise<Tally> => {
    const tally = await goThrough(deps, file, bringer, { onRows })
    await deps.inTransaction((tx) =>
      deps.record(tx, { type: 'intake-previewed', ...bringer.origin, details: detailsOf(tally) }),
    )
    return tally
  }

/**
 * Makes the people of a file, each as if they were added one by one, with their own event, at identity level 1. Whoever is
 * there already is left as they are.
 * @param open reads the file from its beginning; it is read twice
 * @param goodRowsOnly makes those of the good rows although others are faulty
 * @param mostNames how many of those who are made are named; as many as the desk brings in at once unless given
 * @throws Refusal `file_invalid` with the first faults, with nobody made, when a row is faulty and good ones alone were not
 *   asked for
 */
export const importPeople =
  (deps: ImportDeps) =>
  async (open: () => Readable, bringer: Bringer, { goodRowsOnly, onRows, mostNames = 1000 }: How): Promise<Tally> => {
    if (!goodRowsOnly) {
      const { faulty, faults } = await goThrough(deps, open(), bringer, {})
      if (faulty > 0) throw new Refusal('file_invalid', undefined, [], faults.map(asFault))
    }
    const added: Made[] = []
    const onMade = (made: Made[]) => void added.push(...made.slice(0, mostNames - added.length))
    const deed: Deed = async (tx, outcomes) => {
      const made: Made[] = []
      for (const outcome of outcomes)
        if (outcome.kind === 'new') made.push(await addOne(deps, tx, outcome, bringer.origin))
      return made
    }
    const tally = { ...(await goThrough(deps, open(), bringer, { deed, onMade, onRows })), added }
    await deps.inTransaction((tx) =>
      deps.record(tx, { type: 'intake-done', ...bringer.origin, details: detailsOf(tally) }),
    )
    return tally
  }

/** A fault as refusals name theirs. */
const asFault = ({ row, column, why }: RowFault) => ({ field: `line ${row}${column ? `, ${column}` : ''}`, why })
