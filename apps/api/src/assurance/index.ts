/**
 * Assurance: how sure evidence makes us. Pure rules: evidence in, a level and its reasons out, and the words for them in
 * tokens. Owns no table and no endpoint yet.
 * Invariant: nothing is believed that was not verified, and weaker evidence never gets a higher level. docs/assurance.md
 * has the table.
 * Neighbours: `webauthn` gives the evidence, `authenticators` keeps the verdict, `oidc` puts it into tokens.
 */
export { acrFor, acrValues } from './acr.ts'
export type { Binding, Evidence, Level, Trust, TrustedFacts, Verdict } from './evidence.ts'
export { combine, judgePolicy, type PolicySubject } from './policy.ts'
export { assess, toLevel, trustNow } from './rules.ts'
