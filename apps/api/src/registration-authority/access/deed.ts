import type { MayAssign } from '@fobwatch/contracts'
import { Refusal, type RefusalCode, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { type Given, mayAssignEach } from './may-assign.ts'

/** Who puts somebody in a position, or takes them out of it. */
export interface By {
  /** A person's row id; null for whoever approved a request by command. */
  actor: string | null
  /** Who asked for it, where somebody approved what another asked for. */
  askedBy?: string | undefined
  requestId?: string | undefined
}

/** What is asked of whoever does a deed about a position. */
interface Need {
  personId: string
  position: Given
  /** Whether it gives nothing, so that a duty's deed takes one person only. */
  givesNothing?: boolean
  /** What is said where the position is out of their reach. */
  outside: RefusalCode
}

/**
 * Asks whether a deed about who is in a position may be done: by whoever does it alone, or by whoever approved it and
 * whoever asked for it, each of whom must be able to have a part in it.
 * @throws Refusal `not_allowed` for the person themselves, and where no duty allows it; what `outside` says, for a position
 *   out of reach; `second_person_needed` where it goes by request, or takes two
 */
export const requireMay = async (deps: Deps, tx: Transaction, { actor, askedBy }: By, need: Need): Promise<void> => {
  if (need.personId === actor || need.personId === askedBy) throw new Refusal('not_allowed', undefined, [notToOneself])
  const ask = async (who: string): Promise<MayAssign> => {
    const may = await (await mayAssignEach(deps, who, tx))(need.position)
    return need.givesNothing && may === 'two-people' ? 'yes' : may
  }
  if (askedBy !== undefined) {
    if ((await ask(askedBy)) === 'no') throw new Refusal('not_allowed', new Error('Whoever asked may not ask any more'))
    if (actor !== null && !['yes', 'two-people'].includes(await ask(actor))) throw new Refusal('not_allowed')
    return
  }
  if (actor === null) return
  const may = await ask(actor)
  if (may === 'yes') return
  if (may !== 'no') throw new Refusal('second_person_needed')
  throw new Refusal((await reaches(deps, tx, actor, need.position)) ? 'not_allowed' : need.outside)
}

const notToOneself = 'Nobody gives themselves a position, or changes when they have it.'

const reaches = async ({ access }: Deps, tx: Transaction, actor: string, { organisationId }: Given) =>
  (await access.waysToDo(actor, 'assign-position', tx)).some((way) => way.organisationId === organisationId)
