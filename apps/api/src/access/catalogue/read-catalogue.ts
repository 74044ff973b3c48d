import type { CatalogueFile, Fault } from '@fobwatch/contracts'
import { rowsInCsv } from '#csv'

/** A catalogue of roles and activities, as a file has it. */
export interface LoadedCatalogue {
  roles: readonly { code: string; staffGroup: string; subGroup: string; name: string; baseline: readonly string[] }[]
  activities: readonly { code: string; name: string; includes: readonly string[] }[]
}

/** What a file came to: a catalogue, or why it is none. */
export type Read = { catalogue: LoadedCatalogue; faults: readonly [] } | { catalogue?: undefined; faults: Fault[] }

/** A role or an activity of a file, not yet held against anything. */
interface Line {
  /** Where it is, such as `row 5` or `roles[3]`. */
  where: string
  kind: unknown
  code: unknown
  name: unknown
  staffGroup: unknown
  subGroup: unknown
  /** Codes of its baseline, or of what it includes. */
  activities: unknown
}

/** One that nothing is wrong with. */
interface Sound extends Line {
  code: string
  name: string
  staffGroup: string
  subGroup: string
}

const columns = 'kind,code,name,staff_group,sub_group,activities'
const mostFaults = 200

const fault = (field: string, why: string): Fault => ({ field, why })

const csvLines = (text: string): Line[] | Fault => {
  const rows = rowsInCsv(text, columns)
  if (!Array.isArray(rows)) return rows
  return rows.map(({ row, cells: [kind, code, name, staffGroup, subGroup, activities = '', ...more] }) => ({
    where: `row ${row}`,
    ...{ kind: more.length > 0 ? undefined : kind, code, name, staffGroup, subGroup },
    activities: activities.split(/\s+/).filter(Boolean),
  }))
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const jsonLines = (text: string): Line[] | Fault => {
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    return fault('file', 'This is not JSON.')
  }
  const { roles, activities: all } = (isObject(file) ? file : {}) as { roles?: unknown; activities?: unknown }
  if (!Array.isArray(roles) || !Array.isArray(all))
    return fault('file', 'It must be an object with the lists `roles` and `activities`.')
  const line = (list: string, kind: string, links: string) => (each: unknown, index: number) => {
    const { code, name, staffGroup, subGroup, [links]: activities = [] } = isObject(each) ? each : {}
    return { where: `${list}[${index}]`, kind, code, name, staffGroup, subGroup, activities }
  }
  return [...roles.map(line('roles', 'role', 'baseline')), ...all.map(line('activities', 'activity', 'includes'))]
}

const forms = { role: /^S\d{4}:G\d{4}:R\d{4}$/, activity: /^B\d{4}$/ } as const
const likeCode = { role: 'S8000:G8000:R8001', activity: 'B0820' } as const

const isText = (value: unknown): value is string =>
  typeof value === 'string' && /^(?=.*\S)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,200}$/u.test(value)

const faultsOf = (line: Line, activities: ReadonlySet<unknown>): Fault[] => {
  const { where, kind, code } = line
  if (kind !== 'role' && kind !== 'activity')
    return [fault(where, 'It must be a role or an activity, with six columns at most.')]
  const faults: Fault[] = []
  if (typeof code !== 'string' || !forms[kind].test(code))
    faults.push(fault(`${where}, code`, `The code of a ${kind} is like ${likeCode[kind]}.`))
  const texts = kind === 'role' ? (['name', 'staffGroup', 'subGroup'] as const) : (['name'] as const)
  for (const text of texts)
    if (!isText(line[text])) faults.push(fault(`${where}, ${text}`, 'It must have 1 to 200 characters on one line.'))
  if (!Array.isArray(line.activities)) return [...faults, fault(`${where}, activities`, 'It must be a list of codes.')]
  for (const linked of new Set(line.activities))
    if (!activities.has(linked))
      faults.push(fault(`${where}, activities`, `There is no activity ${JSON.stringify(linked)} in the file.`))
  return faults
}

const twice = (lines: readonly Line[]): Fault[] => {
  const seen = new Map<unknown, string>()
  return lines.flatMap(({ where, code }) => {
    const first = seen.get(code)
    if (first === undefined) seen.set(code, where)
    return first === undefined ? [] : [fault(`${where}, code`, `It has the code of ${first}.`)]
  })
}

/**
 * Reads a catalogue and names everything that is wrong with it, by row. CSV has the columns
 * kind,code,name,staff_group,sub_group,activities, the last with codes divided by spaces: the baseline of a role, or what
 * an activity includes. JSON has the lists `roles` (code, staffGroup, subGroup, name, baseline) and `activities` (code,
 * name, includes).
 */
export const readCatalogue = ({ form, text }: CatalogueFile): Read => {
  const lines = form === 'csv' ? csvLines(text) : jsonLines(text)
  if (!Array.isArray(lines)) return { faults: [lines] }
  const of = (kind: string) => lines.filter((line) => line.kind === kind)
  const codes = new Set(of('activity').map(({ code }) => code))
  const faults = [...lines.flatMap((line) => faultsOf(line, codes)), ...twice(lines)]
  if (of('role').length === 0 || codes.size === 0) faults.push(fault('file', 'It has no role, or no activity.'))
  if (faults.length > 0) return { faults: faults.slice(0, mostFaults) }
  const links = ({ activities }: Line) => [...new Set(activities as string[])].toSorted()
  return {
    catalogue: {
      roles: of('role').map((line) => {
        const { code, name, staffGroup, subGroup } = line as Sound
        return { code, name, staffGroup, subGroup, baseline: links(line) }
      }),
      activities: of('activity').map((line) => {
        const { code, name } = line as Sound
        return { code, name, includes: links(line) }
      }),
    },
    faults: [],
  }
}
