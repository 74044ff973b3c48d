import type { InTransaction, Now, Transaction } from '#kernel'
import { fullName, type People } from '#people'
import type { Row, RowFault } from './columns.ts'
import type { ReadRow } from './read-file.ts'
import type { ImportStore } from './store.ts'

/** What is needed to say what would become of a row. */
export interface LookDeps {
  imports: ImportStore
  now: Now
  inTransaction: InTransaction
  people: Pick<People, 'findAlike'>
}

/** Where whoever brings the file may add people: everywhere, or at these organisations (ids). */
export type Reach = 'everywhere' | readonly string[]

/** What becomes of a row. */
export type Outcome =
  | { kind: 'new'; row: Row; organisationId: string }
  /** Is there already, at that organisation: by the HR system's number, or by name, birth date and email. */
  | { kind: 'known'; row: Row }
  | { kind: 'faulty'; faults: readonly RowFault[] }

/** What an earlier row of the file has taken. Of what was read of a file, this is all that is kept. */
export const rowsBefore = () => {
  const lines = new Map<string, number>()
  /** The line of an earlier row that has the same, by this column. */
  return (row: Row): RowFault | undefined => {
    const keys = keysOf(row)
    for (const [column, key] of keys) {
      const line = lines.get(key)
      if (line !== undefined) return { row: row.line, column, why: `is on line ${line} of the file too` }
    }
    for (const [, key] of keys) lines.set(key, row.line)
    return undefined
  }
}

const keysOf = (row: Row): [column: string, key: string][] => [
  ...(row.externalId ? [['external_id', `number ${row.organisation} ${row.externalId}`] as [string, string]] : []),
  ...(row.email ? [['email', `mail ${row.email.toLowerCase()}`] as [string, string]] : []),
  ['family_name', `name ${row.birthDate} ${fullName(row).toLowerCase()}`],
]

/** What the HR system of an organisation calls somebody is unique within that organisation. */
export const externalIdOf = ({ organisation, externalId }: Pick<Row, 'organisation' | 'externalId'>): string | null =>
  externalId && `${organisation}:${externalId}`

const fault = (row: Row, column: string | null, why: string): Outcome => ({
  kind: 'faulty',
  faults: [{ row: row.line, column, why }],
})

/**
 * Says of rows what would become of them, in their order. Somebody who is there already is left as they are, so that a file
 * that is sent again makes nobody twice; somebody who is only likely the same is a fault, which the desk can look into.
 */
export const lookAtRows =
  (deps: LookDeps) =>
  async (tx: Transaction, rows: readonly Row[], reach: Reach): Promise<Outcome[]> => {
    const codes = [...new Set(rows.map(({ organisation }) => organisation))]
    const places = new Map((await deps.imports.organisations(tx, codes)).map(({ code, id }) => [code, id]))
    const known = new Set(
      await deps.imports.known(
        tx,
        rows.map((row) => ({ ...row, externalId: externalIdOf(row) })),
        deps.now(),
      ),
    )
    const outcomes: Outcome[] = []
    for (const row of rows) {
      const organisationId = places.get(row.organisation)
      const isWithin = organisationId && (reach === 'everywhere' || reach.includes(organisationId))
      if (!isWithin) outcomes.push(fault(row, 'organisation', 'is no organisation where you may add people'))
      else if (known.has(row.line)) outcomes.push({ kind: 'known', row })
      else outcomes.push(await lookForAlike(deps, tx, row, organisationId))
    }
    return outcomes
  }

const lookForAlike = async (
  { people }: LookDeps,
  tx: Transaction,
  row: Row,
  organisationId: string,
): Promise<Outcome> => {
  const alike = await people.findAlike(tx, { ...row, externalId: externalIdOf(row) })
  const likely = alike.filter(({ how }) => how === 'likely').length
  if (likely === 0) return { kind: 'new', row, organisationId }
  return fault(row, null, 'is likely somebody who is here already: add them one by one, so that you see who that is')
}

/** Puts what was read together in bundles, in its order. */
export async function* bundles(rows: AsyncIterable<ReadRow>, size: number): AsyncGenerator<ReadRow[]> {
  let bundle: ReadRow[] = []
  for await (const row of rows) {
    bundle.push(row)
    if (bundle.length < size) continue
    yield bundle
    bundle = []
  }
  if (bundle.length > 0) yield bundle
}
