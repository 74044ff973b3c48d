import { Refusal, type Transaction } from '#kernel'
import type { PeopleStore } from '../store.ts'
import type { ProofOfIdentity } from './evidence.ts'
import type { keepEvidence } from './keep-evidence.ts'

interface Deps {
  store: PeopleStore
  keepEvidence: ReturnType<typeof keepEvidence>
  now: () => Date
}

/**
 * Raises how well a person's identity is proved, by documents that were looked at. The caller has asked whether they are
 * enough, and who may.
 * @throws Refusal `person_not_so` when the level is that high already, or the profile is closed
 */
export const raiseIdentityLevel =
  ({ store, keepEvidence, now }: Deps) =>
  async (tx: Transaction, proof: ProofOfIdentity): Promise<void> => {
    const raised = await store.raiseLevel(tx, proof.personId, proof.level, proof.actor, now(), proof.how)
    if (!raised) throw new Refusal('person_not_so')
    await keepEvidence(tx, proof)
  }
