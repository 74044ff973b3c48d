import type { RequestKind } from '@fobwatch/contracts'
import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { isAboutNobody, isByRequest, taskOf } from './rules.ts'
import type { Place } from './store.ts'

/** What somebody asks for, before it is known where it belongs. */
export interface Asking {
  kind: RequestKind
  raisedBy: string
  personId: string | null
  asked: Readonly<Record<string, unknown>>
}

const nowhere = { organisationId: null, dutyCode: null }

/** Where the person belongs, among the organisations where the raiser may do it in the way that it takes. */
const wherePersonIs = async (deps: Deps, tx: Transaction, { kind, raisedBy, personId }: Asking) => {
  const ways = await deps.access.waysToDo(raisedBy, taskOf[kind], tx)
  const reach = ways.filter(({ allowed }) => isByRequest(kind) || allowed === 'yes').map((way) => way.organisationId)
  return personId === null ? undefined : deps.requests.placeOfPerson(tx, personId, reach, deps.now())
}

const ofPosition = async (deps: Deps, tx: Transaction, id: string): Promise<Place> => {
  const place = await deps.requests.placeOfPosition(tx, id)
  if (!place) throw new Refusal('position_unknown')
  return place
}

/**
 * The organisation that a request belongs to, and the duty that it is about: those of the position that is asked for, or
 * the person's own organisation; none for what concerns everybody.
 * @returns nothing where the person is nowhere within the raiser's reach
 * @throws Refusal `position_unknown`, `assignment_not_so`; `invalid_request` where a position with a duty is asked for
 *   otherwise than as one
 */
export const placeOf = async (deps: Deps, tx: Transaction, asking: Asking) => {
  const { kind, personId, asked } = asking
  if (isAboutNobody(kind)) return nowhere
  const { position, assignment } = asked
  if (typeof position === 'string') {
    const place = await ofPosition(deps, tx, position)
    if ((kind === 'give-duty') !== (place.dutyCode !== null)) throw new Refusal('invalid_request')
    return place
  }
  if (typeof assignment !== 'string' || personId === null) return wherePersonIs(deps, tx, asking)
  const place = await deps.requests.placeOfAssignment(tx, assignment, personId, deps.now())
  if (!place) throw new Refusal('assignment_not_so')
  return place
}
