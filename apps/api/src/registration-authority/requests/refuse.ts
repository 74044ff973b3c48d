import { type Visit, visitor } from '#http'
import { isRefusal, Refusal, type RefusalCode } from '#kernel'
import type { Deps } from '../deps.ts'
import { taskOf, type WhyNot } from './rules.ts'
import type { StoredRequest } from './store.ts'

/** What whoever is refused is told. A request that is not theirs is not there, as one that does not exist is not. */
const refusals: Record<WhyNot, { code: RefusalCode; sentence?: string }> = {
  'own-request': { code: 'not_allowed', sentence: 'Nobody decides what they asked for themselves.' },
  self: { code: 'not_allowed', sentence: 'This is about you. Somebody else has to ask for it, and to decide it.' },
  outside: { code: 'not_found' },
  'no-duty': { code: 'not_allowed' },
  'not-theirs': { code: 'not_allowed', sentence: 'You may not do this yourself, and so not for somebody else.' },
  duties: { code: 'not_allowed', sentence: 'It concerns duties that you do not have yourself.' },
  level: { code: 'not_allowed', sentence: 'Your own identity was not proved as well as that.' },
  raiser: { code: 'request_not_open', sentence: 'Whoever asked may not do this any more.' },
}

/** Refused by the rules of who asks and who decides; why, for the audit. */
export class RuleRefusal extends Refusal {
  readonly why: WhyNot
  constructor(why: WhyNot) {
    const { code, sentence } = refusals[why]
    super(code, undefined, sentence ? [sentence] : [])
    this.why = why
  }
}

/** Notes in the audit that somebody was refused, and why; who is not signed in any more is nobody's refusal. */
export const noteRefusal = async (
  deps: Pick<Deps, 'recordAlone'>,
  visit: Visit,
  { kind, personId }: Pick<StoredRequest, 'kind' | 'personId'>,
  error: unknown,
): Promise<void> => {
  if (!isRefusal(error) || error.code === 'not_signed_in') return
  const why = error instanceof RuleRefusal ? error.why : error.code
  const event = { type: 'desk-refused', outcome: 'refused', actor: visitor(visit).personId } as const
  await deps.recordAlone({
    ...event,
    person: personId,
    requestId: visit.requestId,
    details: { task: taskOf[kind], why },
  })
}
