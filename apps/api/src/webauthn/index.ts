/**
 * WebAuthn: the two ceremonies. Owns `challenge` and `installation`; no endpoints, other rooms run the ceremonies.
 * Invariant: a challenge is spent once, by one committed statement, before anything of its answer is believed; and what
 * comes out is evidence, which knows no person, no session and no policy. `verifyRegistration` and `verifyAssertion` are
 * the same without the challenge's store, for whoever asks about one answer.
 * Neighbours: `assurance` judges the evidence, `authenticators` keeps credentials; this is the only room that knows
 * @simplewebauthn/server, and everything that the library leaves to its caller is checked here. Attestation statements are
 * verified in `statements/`, and `dishonest/` has an answer for each thing that may be wrong.
 */
import type { Now } from '#kernel'
import { beginAuthentication } from './begin-authentication.ts'
import { beginRegistration } from './begin-registration.ts'
import { finishAuthentication } from './finish-authentication.ts'
import { finishRegistration } from './finish-registration.ts'
import { fixRpId } from './fix-rp-id.ts'
import { type Store, webauthnStore } from './store.ts'

export { attestationIn } from './attestation-in.ts'
export type { BeginAuthentication } from './begin-authentication.ts'
export type { BeginRegistration, Descriptor } from './begin-registration.ts'
export type { AssertionEvidence, Attestation, KnownCredential, RegistrationEvidence } from './evidence.ts'
export type { FinishAuthentication } from './finish-authentication.ts'
export type { FinishRegistration } from './finish-registration.ts'
export { type Glimpse, glimpseAssertion, glimpseRegistration, readStoredKey, type StoredKey } from './glimpse.ts'
export type { Expected } from './rules.ts'
export { type ExpectedAssertion, type VerifyingCredential, verifyAssertion } from './verify-assertion.ts'
export { verifyRegistration } from './verify-registration.ts'

interface Deps {
  store: Store
  now: Now
  rpId: string
  /** Shown by some devices. */
  rpName: string
  /** Origins of our own pages, each exactly as a browser writes it. */
  origins: readonly string[]
  /** Origins of pages that may hold ours in a frame. None unless configured, and then no ceremony runs in a frame. */
  topOrigins?: readonly string[]
}

/** Opens the room. */
export const createWebauthn = ({ store, now, rpId, rpName, origins, topOrigins = [] }: Deps) => {
  const deps = { store: webauthnStore(store), now, relyingParty: { rpId, rpName, origins, topOrigins } }
  return {
    beginRegistration: beginRegistration(deps),
    finishRegistration: finishRegistration(deps),
    beginAuthentication: beginAuthentication(deps),
    finishAuthentication: finishAuthentication(deps),
    fixRpId: fixRpId(deps),
    /** Forgets challenges that have run out. @returns how many */
    forgetExpired: deps.store.forgetExpired,
  }
}

export type Webauthn = ReturnType<typeof createWebauthn>
