import type { Proof, RequestKind } from '@fobwatch/contracts'
import type { Deps } from '../deps.ts'
import { requireProof } from './rules.ts'

type AsKept = (asked: Readonly<Record<string, unknown>>) => Record<string, unknown>

/** No level is asked about here: whoever asks and whoever decides are held against it by the rules of requests. */
const highest = 3

/**
 * What a request keeps of what was asked, where that is less than was sent: the numbers of documents wait for nobody.
 * @throws Refusal `evidence_too_little`, before a second person is troubled with it
 */
export const asKept = (deps: Pick<Deps, 'people'>): Partial<Record<RequestKind, AsKept>> => ({
  'raise-identity-level': (asked) => {
    const proof = asked as unknown as Proof
    requireProof(proof, highest)
    return { ...proof, evidence: deps.people.withoutNumbers(proof.evidence) }
  },
})
