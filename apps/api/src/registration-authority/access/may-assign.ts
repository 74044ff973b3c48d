import type { MayAssign } from '@fobwatch/contracts'
import type { Allowed, PositionHead } from '#access'
import type { Transaction } from '#kernel'
import type { Deps } from '../deps.ts'

/** What bears on whether an agent puts somebody in a position. */
export interface Bearing {
  /** Every way in which their duties allow assigning there. */
  ways: readonly Allowed[]
  /** Whether they may give a duty there, and may do themselves all that this one allows. */
  givesDuty: boolean
  /** Whether giving a duty takes two. */
  twoPeople: boolean
}

/** What a position has that bears on who gives it. */
export type Given = Pick<PositionHead, 'organisationId' | 'duty' | 'openedToSponsors'>

/**
 * What an agent may do about who is in a position: by themselves, with a second person, by request, or nothing. A position
 * with a duty is given by whoever may give duties and holds all of it; any other as the duties of section 3 allow.
 */
export const mayAssignIt = ({ duty, openedToSponsors }: Given, { ways, givesDuty, twoPeople }: Bearing): MayAssign => {
  if (duty) {
    if (!givesDuty) return 'no'
    return twoPeople ? 'two-people' : 'yes'
  }
  if (ways.includes('yes')) return 'yes'
  if (openedToSponsors && ways.includes('opened-to-sponsors')) return 'yes'
  return ways.includes('opened-to-sponsors') || ways.includes('by-request') ? 'by-request' : 'no'
}

type Needs = Pick<Deps, 'access' | 'twoPeople'>

/** Asks for each of some positions what an agent may do about who is in it. */
export const mayAssignEach = async (
  { access, twoPeople }: Needs,
  actor: string,
  tx?: Transaction,
): Promise<(position: Given) => Promise<MayAssign>> => {
  const [all, gives] = [
    await access.waysToDo(actor, 'assign-position', tx),
    await access.reachOf(actor, 'give-duty', tx),
  ]
  const covered = new Map<string, Promise<boolean>>()
  const covers = (duty: string, organisationId: string) => {
    const key = `${duty} ${organisationId}`
    const known = covered.get(key) ?? access.coversDuty(actor, duty, organisationId, tx)
    covered.set(key, known)
    return known
  }
  return async (position) => {
    const { organisationId, duty } = position
    const ways = all.filter((way) => way.organisationId === organisationId).map(({ allowed }) => allowed)
    const givesDuty = duty !== null && gives.includes(organisationId) && (await covers(duty.code, organisationId))
    return mayAssignIt(position, { ways, givesDuty, twoPeople: twoPeople.includes('give-duty') })
  }
}
