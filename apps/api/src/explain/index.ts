/**
 * Explain: what the service makes of a registration or an assertion, and why, for support staff who have it in a file.
 * Owns no table and no endpoint.
 * Invariant: what is verified, trusted, judged and refused here is so by the very code of the service; this room reads
 * cases and writes reports, and decides nothing but whether a counter grew.
 * Neighbours: `webauthn` verifies, `assurance` follows chains and judges, `authenticators` says what people call it.
 */
export { explainCommands } from './commands.ts'
