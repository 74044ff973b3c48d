import { ChangePerson, ClosePerson, ReopenPerson } from '@fobwatch/contracts'
import { Check } from 'typebox/value'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import type { CarryOut } from '../requests/carrying-out.ts'
import type { By } from './by.ts'
import { changeDetailsOf } from './change-details.ts'
import { raiseLevelOf, type SeenProof } from './raise-level.ts'
import { closeOne, reopenOne } from './standing.ts'

type Request = Parameters<CarryOut>[1]

const aboutOf = ({ personId }: Request): { personId: string } => {
  if (personId === null) throw new Refusal('invalid_request')
  return { personId }
}

/** What a duty allows by request only is done by whoever approved it; by command, by whoever asked. */
const deciderOf = ({ raisedBy }: Request, decider: string | null): By => ({ actor: decider ?? raisedBy })

/** What requests about who somebody is do when they are approved: the same deeds, by two people. */
export const carryOutPeople = (deps: Deps) => {
  // The documents were in the hands of whoever asked.
  const raise: CarryOut = (tx, request) => {
    const proof = request.asked as unknown as SeenProof
    return raiseLevelOf(deps, tx, { actor: request.raisedBy }, { ...aboutOf(request), ...proof })
  }
  const change: CarryOut = async (tx, request, decider) => {
    const { asked } = request
    if (!Check(ChangePerson, asked)) throw new Refusal('invalid_request')
    await changeDetailsOf(deps, tx, deciderOf(request, decider), { ...asked, ...aboutOf(request) })
  }
  const close: CarryOut = (tx, request, decider) => {
    const { asked } = request
    if (!Check(ClosePerson, asked)) throw new Refusal('invalid_request')
    return closeOne(deps, tx, deciderOf(request, decider), { ...asked, ...aboutOf(request) })
  }
  const reopen: CarryOut = (tx, request, decider) => {
    const { asked } = request
    if (!Check(ReopenPerson, asked)) throw new Refusal('invalid_request')
    return reopenOne(deps, tx, deciderOf(request, decider), { ...asked, ...aboutOf(request) })
  }
  return {
    'raise-identity-level': raise,
    'change-details': change,
    'close-person': close,
    'reopen-person': reopen,
  } satisfies Partial<Record<Request['kind'], CarryOut>>
}
