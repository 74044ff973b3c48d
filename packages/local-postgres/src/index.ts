/**
 * The database that comes with the checkout: PostgreSQL 18 out of npm packages, kept in one folder and supervised from
 * Node. For demonstrations, development and tests; production brings a PostgreSQL of its own.
 * Owns the data folder it is given: `data/` (PostgreSQL's), `password`, `postgres.log`, the lock and the socket.
 * Invariant: one supervisor per folder, and no PostgreSQL outlives its supervisor for longer than its shutdown takes.
 */
export { FolderInUse, LocalPostgresError } from './errors.ts'
export { type LocalPostgres, type LocalPostgresOptions, startPostgres } from './start-postgres.ts'
