import { assertionIds } from './assertion-ids.ts'
import { challenges } from './challenges.ts'
import { codes } from './codes.ts'
import { contestedLinks, links } from './links.ts'
import { proofsOfPossession } from './proofs-of-possession.ts'
import { pushedRequests } from './pushed-requests.ts'
import type { Kind } from './race.ts'
import { refreshTokens } from './refresh-tokens.ts'

/** Everything that the service promises to take once. */
export const kinds: readonly Kind[] = [
  codes,
  challenges,
  links,
  contestedLinks,
  refreshTokens,
  assertionIds,
  pushedRequests,
  proofsOfPossession,
]
