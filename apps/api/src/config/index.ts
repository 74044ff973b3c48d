/**
 * Configuration: what the environment says, read once. Owns docs/configuration.md, which is generated from it.
 * Invariant: every fault is named at once, and nothing that is a secret has a default.
 * Neighbours: `assurance`, `mail` and `outbound` read what is theirs; `main.ts` and `cli.ts` read the environment here, and `app.ts`
 * hands each room its part. No room asks for itself.
 */
export { describeConfig } from './describe-config.ts'
export { type Config, readConfig } from './read-config.ts'
