/**
 * Recovery: what must be done once when the database comes from a backup, before anybody uses it. Owns no table and no
 * endpoint, but the command `fobwatch after-restore`.
 * Invariant: nothing that is used once, and nothing that opens a door, is good after a restore because it was good at the
 * moment of the backup: it may have been used, or taken away, between that moment and the loss.
 * Neighbours: each room ends its own; `audit` says how far the log goes, and keeps that this was done.
 */
export { afterRestore as createRecovery } from './after-restore.ts'
export { recoveryCommands } from './commands.ts'
