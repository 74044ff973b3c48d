import type { Proof } from '@fobwatch/contracts'
import type { Visit } from '#http'
import type { Transaction } from '#kernel'
import type { SeenDocument } from '#people'
import { deedAbout } from '../deed-about.ts'
import type { Deps } from '../deps.ts'
import { requireSecondPerson } from '../requests/require-second-person.ts'
import { type By, byVisitor } from './by.ts'
import { requireProof } from './rules.ts'

/** What was shown to prove more of somebody, without the numbers. */
export type SeenProof = Omit<Proof, 'evidence'> & { evidence: readonly SeenDocument[] }

/** From this level on a link takes two people. */
const linkTakesTwoAt = 3

/** Documents whose numbers were taken from them are held against the same rule. */
const asShown = ({ level, evidence }: SeenProof) => ({
  level,
  evidence: evidence.map(({ part, document, numberEnd }) => ({ part, document, number: numberEnd ?? undefined })),
})

/**
 * Raises how well somebody's identity is proved, for whoever looked at the documents. At level 3 their open links end.
 * @throws Refusal `level_too_high` above their own level; `evidence_too_little`; `person_not_so` when the level is that
 *   high already
 */
export const raiseLevelOf = async (
  deps: Deps,
  tx: Transaction,
  by: By,
  { personId, ...proof }: SeenProof & { personId: string },
): Promise<void> => {
  const agent = await deps.people.findPerson(by.actor, tx)
  requireProof(asShown(proof), agent?.identityLevel ?? 0)
  await deps.people.raiseIdentityLevel(tx, { ...by, ...proof, personId })
  // At that level a link takes two people, and one that was made before had one.
  const { actor, requestId } = by
  if (proof.level === linkTakesTwoAt)
    await deps.enrolment.voidInvitations(tx, personId, { actor, ...(requestId && { requestId }) })
}

/**
 * Raises somebody's identity level by one person alone, where the setting allows that; otherwise it is for a request, whose
 * approval does it.
 * @throws Refusal as `deedAbout`, `requireSecondPerson` and `raiseLevelOf` do
 */
export const raiseLevel =
  (deps: Deps) =>
  async ({ staffId, ...proof }: Proof & { staffId: string }, visit: Visit): Promise<void> => {
    const by = byVisitor(visit)
    const notToOneself = 'Nobody proves who they are to themselves.'
    const about = { staffId, task: 'create-person', notToOneself, onlyActive: true } as const
    return deedAbout(deps, visit, about, async (tx, personId) => {
      const seen = { ...proof, evidence: deps.people.withoutNumbers(proof.evidence) }
      const agent = await deps.people.findPerson(by.actor, tx)
      requireProof(proof, agent?.identityLevel ?? 0)
      const deed = { kind: 'raise-identity-level', twoPeople: true, actor: by.actor, personId, asked: seen } as const
      await requireSecondPerson(deps, tx, { ...deed, visitId: visit.requestId })
      await raiseLevelOf(deps, tx, by, { ...seen, personId })
    })
  }
