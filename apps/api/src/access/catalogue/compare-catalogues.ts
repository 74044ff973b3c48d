import type { CodeAndName } from '@fobwatch/contracts'
import type { LoadedCatalogue } from './read-catalogue.ts'

/** A position, and what it has of a catalogue. */
export interface Profile {
  id: string
  name: string
  organisation: CodeAndName
  roleCode: string | null
  granted: readonly string[]
  /** How many people have it, or will. */
  people: number
}

interface Coded {
  code: string
  name: string
}

const byCode = <T extends Coded>(list: readonly T[]): Map<string, T> => new Map(list.map((each) => [each.code, each]))
const named = ({ code, name }: Coded): CodeAndName => ({ code, name })

const changesOf = <T extends Coded>(before: readonly T[], after: readonly T[]) => {
  const [old, next] = [byCode(before), byCode(after)]
  const same = (each: T) => JSON.stringify(old.get(each.code)) === JSON.stringify(each)
  return {
    added: after.filter(({ code }) => !old.has(code)).map(named),
    changed: after.filter((each) => old.has(each.code) && !same(each)).map(named),
    removed: before.filter(({ code }) => !next.has(code)).map(named),
  }
}

/** Everything that a position allows by a catalogue: the baseline of its role, what was granted, and what those include. */
const allowedBy = ({ roles, activities }: LoadedCatalogue) => {
  const [baselines, included] = [byCode(roles), byCode(activities)]
  return ({ roleCode, granted }: Profile): Set<string> => {
    const found = new Set<string>()
    const look = [...granted, ...(baselines.get(roleCode ?? '')?.baseline ?? [])]
    for (let code = look.pop(); code !== undefined; code = look.pop()) {
      // What was seen is not looked at again, so that inclusions that go in a circle come to an end.
      if (found.has(code)) continue
      found.add(code)
      look.push(...(included.get(code)?.includes ?? []))
    }
    return found
  }
}

/** A position that would allow something less or more. */
export interface Affected {
  position: Profile
  loses: CodeAndName[]
  gains: CodeAndName[]
}

/** What a catalogue would change about another, and about the positions that go by it. */
export const compareCatalogues = (before: LoadedCatalogue, after: LoadedCatalogue, positions: readonly Profile[]) => {
  const names = byCode([...before.activities, ...after.activities])
  const [was, willBe] = [allowedBy(before), allowedBy(after)]
  const list = (codes: Iterable<string>) =>
    [...codes].toSorted().map((code) => ({ code, name: names.get(code)?.name ?? code }))
  const affected = positions.flatMap((position): Affected[] => {
    const [old, next] = [was(position), willBe(position)]
    const [loses, gains] = [list(old.difference(next)), list(next.difference(old))]
    return loses.length + gains.length > 0 ? [{ position, loses, gains }] : []
  })
  const [roles, activities] = [byCode(after.roles), byCode(after.activities)]
  return {
    roles: changesOf(before.roles, after.roles),
    activities: changesOf(before.activities, after.activities),
    affected,
    /** Positions that have something which would not be there any more: such a catalogue cannot be taken. */
    held: positions.flatMap(({ name, organisation, roleCode, granted }) =>
      [roleCode, ...granted]
        .filter((code): code is string => code !== null && !roles.has(code) && !activities.has(code))
        .map((code) => ({ code, position: name, organisation })),
    ),
  }
}
