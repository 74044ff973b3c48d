import { type Crew, giveOrder, type Member } from './crew.ts'

interface Deps {
  begin: () => Promise<boolean>
  giveErrands: () => void
}

/**
 * Replaces the workers one by one: the next takes connections before the last one stops to. Where the next does not begin,
 * those that are there stay.
 * @returns what begins it; it does nothing while it is under way
 */
export const replacing = (crew: Crew, { begin, giveErrands }: Deps): (() => Promise<void>) => {
  let underWay = false

  const retire = async (member: Member): Promise<void> => {
    const gone = new Promise((resolve) => member.worker.once('exit', resolve))
    member.leaves = true
    giveErrands()
    giveOrder(member, { order: 'retire' })
    await gone
  }
  const replaceEach = async (old: readonly Member[]): Promise<void> => {
    for (const member of old) {
      if (crew.stopping || member.worker.isDead()) continue
      if (!(await begin())) return crew.log?.error('the next worker did not begin, and the others stay')
      await retire(member)
    }
  }
  return async () => {
    if (underWay || crew.stopping) return
    underWay = true
    const old = [...crew.members.values()]
    crew.log?.info({ workers: old.length }, 'replacing the workers one by one')
    await replaceEach(old)
    underWay = false
    if (!crew.stopping) crew.log?.info({ workers: crew.members.size }, 'the workers are replaced')
  }
}
