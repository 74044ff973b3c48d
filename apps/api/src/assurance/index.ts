/**
 * Assurance: how sure evidence makes us. Pure rules: evidence in, a level and its reasons out, and the words for them in
 * tokens. Owns no table and no endpoint yet.
 * Invariant: nothing is believed that was not verified. No maker can be confirmed so far, because no trust anchors are
 * configured, so that nothing reaches AAL3.
 * Neighbours: `webauthn` gives the evidence, `authenticators` keeps the verdict, `oidc` puts it into tokens.
 */
export { acrFor, acrValues } from './acr.ts'
export type { Binding, Evidence, Level, Trust, TrustedFacts, Verdict } from './evidence.ts'
export { amrOf, assess, atMost, toLevel } from './rules.ts'
