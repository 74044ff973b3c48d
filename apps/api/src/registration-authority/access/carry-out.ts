import { AskedChange, AskedEnd, AssignPosition } from '@fobwatch/contracts'
import type { TSchema } from 'typebox'
import { Check } from 'typebox/value'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import type { CarryOut } from '../requests/carrying-out.ts'
import { assignPosition } from './assign-position.ts'
import { changeDates, endIt } from './change-assignment.ts'
import type { By } from './deed.ts'

/** What was asked, if it has the form that its kind has. */
const formOf = <T>(schema: TSchema, asked: unknown): T => {
  if (Check(schema, asked)) return asked as T
  throw new Refusal('invalid_request')
}

type Request = Parameters<CarryOut>[1]

const byOf = ({ raisedBy }: Request, decider: string | null): By => ({ actor: decider, askedBy: raisedBy })
const aboutOf = ({ personId }: Request): { personId: string } => {
  if (personId === null) throw new Refusal('invalid_request')
  return { personId }
}

/** What requests about who is in a position do when they are approved: the same deeds, by two people. */
export const carryOutAccess = (deps: Deps) => {
  const assign: CarryOut = async (tx, request, decider) => {
    const asked = formOf<AssignPosition>(AssignPosition, request.asked)
    await assignPosition(deps)(tx, byOf(request, decider), { ...aboutOf(request), ...asked })
  }
  const change: CarryOut = async (tx, request, decider) => {
    const asked = formOf<AskedChange>(AskedChange, request.asked)
    await changeDates(deps)(tx, byOf(request, decider), { ...aboutOf(request), ...asked })
  }
  const end: CarryOut = async (tx, request, decider) => {
    const asked = formOf<AskedEnd>(AskedEnd, request.asked)
    await endIt(deps)(tx, byOf(request, decider), { ...aboutOf(request), ...asked })
  }
  return {
    'give-duty': assign,
    'assign-position': assign,
    'change-assignment': change,
    'end-assignment': end,
  } satisfies Partial<Record<Request['kind'], CarryOut>>
}
