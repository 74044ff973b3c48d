import type { DeskOrganisation } from '@fobwatch/contracts'
import { call } from '../../../../api.ts'

/** More than these are not shown to choose from: they are searched. */
const mostChoices = 10

const openOnes = async (asked: { under?: string; search?: string }) => {
  const { rows, next } = await call('GET /api/desk/organisations', { ...asked, limit: '100' })
  return { rows: rows.filter(({ closedAt }) => closedAt === null), more: next !== null }
}

/**
 * The organisations where the agent may add somebody, each before those below it.
 * @returns undefined where there are too many to choose from at a look
 */
export const fewPlaces = async (): Promise<DeskOrganisation[] | undefined> => {
  const found: DeskOrganisation[] = []
  /** Whether there are few, with all that is below these. */
  const add = async (asked: { under?: string }): Promise<boolean> => {
    const { rows, more } = await openOnes(asked)
    if (more || found.length + rows.length > mostChoices) return false
    for (const row of rows) {
      found.push(row)
      if (row.children > 0 && !(await add({ under: row.code }))) return false
    }
    return found.length <= mostChoices
  }
  return (await add({})) ? found : undefined
}

/** The first that a part of a name or a code finds. */
export const findPlaces = async (search: string): Promise<DeskOrganisation[]> =>
  search.length < 2 ? [] : (await openOnes({ search })).rows.slice(0, mostChoices)
