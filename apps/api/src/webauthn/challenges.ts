import { hashOf, type Now, newSecret, type Question, Refusal } from '#kernel'
import type { Ceremony } from './rules.ts'
import type { WebauthnStore } from './store.ts'

const minutes = 60_000
/** How long we take an answer, and how long the browser's box waits for one (WebAuthn L3 §15.1). */
const challengeLifetimeMs = 10 * minutes
export const browserTimeoutMs = 5 * minutes

export interface ChallengeDeps {
  store: WebauthnStore
  now: Now
}

/**
 * Makes a challenge of 256 random bits, for one ceremony and for whatever the caller binds it to.
 * @param boundTo an opaque string: only an answer that is handed in under the same one is taken
 */
export const makeChallenge =
  ({ store, now }: ChallengeDeps) =>
  async (ceremony: Ceremony, boundTo: string): Promise<string> => {
    const challenge = newSecret()
    await store.addChallenge(hashOf(challenge), ceremony, boundTo, new Date(now().getTime() + challengeLifetimeMs))
    return challenge
  }

const unknown = () => new Refusal('challenge_unknown')

/**
 * Spends a challenge by one committed statement, before anything about the answer is verified (WebAuthn L3 §13.4.3).
 * @throws Refusal `challenge_unknown`: never made, used before, run out, or for another ceremony or caller
 */
export const spendChallenge =
  ({ store, now }: ChallengeDeps) =>
  async (challenge: string, ceremony: Ceremony, boundTo: string): Promise<void> => {
    if (!(await store.spendChallenge(hashOf(challenge), ceremony, boundTo, now()))) throw unknown()
  }

/**
 * The same, asking in the same round trip what will be wanted to verify the answer.
 * @throws Refusal `challenge_unknown`, and then what was asked is told to nobody
 */
export const spendChallengeAsking =
  ({ store, now }: ChallengeDeps) =>
  async <T>(challenge: string, ceremony: Ceremony, boundTo: string, asked: Question<T>): Promise<T> => {
    const [isSpent, answer] = await store.spendChallengeAsking([hashOf(challenge), ceremony, boundTo, now()], asked)
    if (!isSpent) throw unknown()
    return answer
  }
