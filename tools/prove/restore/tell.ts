import { type Finding, tableOf } from '../cluster/findings.ts'

/** The page of the proof. */
export const tellProof = (findings: readonly Finding[], versions: { server: string; tools: string }): string => `
A PostgreSQL (the embedded one, ${versions.server}, durable) archives its log, as [the guide](../guides/backup-and-restore.md)
has it. People set up devices and log in to an application before a base backup, and after it. Then comes the moment; after
it a refresh token and a link are used, a session is ended, and somebody sets up a device; and then \`truncate person cascade\`
empties most of the database. A new server is started from the base backup and brought to the moment. At last its database is
dumped, and loaded into a third server. Every block of the guide was run as it stands there, with names, folders and the time
put in; pg_basebackup, pg_dump and pg_restore are ${versions.tools.replace(/^.*\) /, '')}'s.

${tableOf(findings)}

Not tried: pgBackRest, Barman, WAL-G or a cloud's own backups; a database of a size that takes long to copy; encrypted backups.
`
