import { type Crew, giveOrder } from './crew.ts'

/**
 * Sees to it that of all workers one does what the service does by itself.
 * @returns what is called whenever one came or went: another has the errands when the one that had them leaves
 */
export const givingErrands = (crew: Crew): (() => void) => {
  let errandsOf: number | undefined
  return () => {
    const has = errandsOf === undefined ? undefined : crew.members.get(errandsOf)
    if (crew.stopping || (has && !has.leaves)) return
    const next = [...crew.members.values()].find(({ leaves }) => !leaves)
    errandsOf = next?.worker.id
    if (next) giveOrder(next, { order: 'do-errands' })
  }
}
