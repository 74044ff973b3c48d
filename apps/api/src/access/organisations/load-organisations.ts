import type { Fault } from '@fobwatch/contracts'
import { rowsInCsv } from '#csv'
import type { Transaction } from '#kernel'
import type { OrganisationStore } from './store.ts'

/** An organisation of a file; `parent` is empty where the file says nothing of what it is part of. */
interface Line {
  row: number
  code: string
  name: string
  parent: string
}

/** What a file of organisations changes, or why it cannot be taken. */
export interface LoadedOrganisations {
  faults: Fault[]
  added: number
  renamed: number
  moved: number
  /** How many of those that are added are part of no other. */
  tops: number
}

const columns = 'code,name,parent'
const mostFaults = 200
const isCode = (text: string) => /^[A-Z0-9]{3,12}$/.test(text)
const isName = (text: string) => /^(?=.*\S)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,200}$/u.test(text)

const linesIn = (csv: string): Line[] | Fault => {
  const rows = rowsInCsv(csv, columns)
  if (!Array.isArray(rows)) return rows
  return rows.map(({ row, cells: [code = '', name = '', parent = ''] }) => ({ row, code, name, parent }))
}

const faultsOf = (lines: readonly Line[], isKnown: (code: string) => boolean): Fault[] => {
  const rows = new Map<string, number>()
  return lines.flatMap(({ row, code, name, parent }) => {
    const first = rows.get(code)
    rows.set(code, first ?? row)
    return [
      !isCode(code) && { field: `row ${row}, code`, why: 'A code has 3 to 12 capital letters and digits.' },
      !isName(name) && { field: `row ${row}, name`, why: 'It must have 1 to 200 characters on one line.' },
      first !== undefined && { field: `row ${row}, code`, why: `It has the code of row ${first}.` },
      parent !== '' && !isKnown(parent) && { field: `row ${row}, parent`, why: `There is no organisation ${parent}.` },
    ].filter((each) => each !== false)
  })
}

/** Those that would come to be below themselves. @param parents what each is part of, by code */
const inCircles = (lines: readonly Line[], parents: ReadonlyMap<string, string>): Fault[] =>
  lines.flatMap(({ row, code }) => {
    const seen = new Set<string>()
    let above = parents.get(code)
    while (above !== undefined && above !== code && !seen.has(above)) {
      seen.add(above)
      above = parents.get(above)
    }
    return above === code ? [{ field: `row ${row}, parent`, why: 'It would come to be below itself.' }] : []
  })

/**
 * Takes organisations from a file of three columns, code, name and parent: adds those that are new, renames and moves
 * those that are there, and leaves alone those that it does not name. Where no parent is given, a new one is put below
 * `under`, or at the top; one that is there stays where it is.
 * @param apply whether it is done, or only looked at
 */
export const loadOrganisations =
  ({ store }: { store: OrganisationStore }) =>
  async (
    tx: Transaction,
    csv: string,
    { under, apply }: { under?: string | undefined; apply: boolean },
  ): Promise<LoadedOrganisations> => {
    const none = { added: 0, renamed: 0, moved: 0, tops: 0 }
    const lines = linesIn(csv)
    if (!Array.isArray(lines)) return { ...none, faults: [lines] }
    await store.lockTree(tx)
    const all = new Map((await store.everyOne(tx)).map((each) => [each.code, each]))
    const codes = new Set([...all.keys(), ...lines.map(({ code }) => code)])
    const placed = lines.map((line) => {
      const known = all.get(line.code)
      return { ...line, known, parent: line.parent || (known ? (known.parent ?? '') : (under ?? '')) }
    })
    const faults = faultsOf(placed, (code) => codes.has(code))
    const parents = new Map([...all.values()].flatMap(({ code, parent }) => (parent === null ? [] : [[code, parent]])))
    for (const { code, parent } of placed) if (parent) parents.set(code, parent)
    if (faults.length === 0) faults.push(...inCircles(placed, parents))
    if (faults.length > 0) return { ...none, faults: faults.slice(0, mostFaults) }

    const changed = placed.filter(({ known, name, parent }) => name !== known?.name || parent !== (known.parent ?? ''))
    if (apply) await store.load(tx, changed)
    return {
      faults: [],
      added: changed.filter(({ known }) => !known).length,
      renamed: changed.filter(({ known, name }) => known && known.name !== name).length,
      moved: changed.filter(({ known, parent }) => known && (known.parent ?? '') !== parent).length,
      tops: changed.filter(({ known, parent }) => !known && parent === '').length,
    }
  }
