import { command } from '#commands'
import type { Restored } from './after-restore.ts'

interface Verbs {
  afterRestore: () => Promise<Restored>
}

const told = ({ knownUntil, sessions, tokens, invitations, requests }: Restored): string =>
  [
    `Ended: ${sessions} sessions, ${tokens} tokens, ${invitations} links, codes and passes, ${requests} requests.`,
    `The newest event in this database is of ${knownUntil?.toISOString() ?? 'no time at all'}. What was done later is not known to it.`,
    'Do again what took something away since: devices paused or removed, people paused, closed or erased, roles ended, applications disabled, signing keys revoked.',
    '',
  ].join('\n')

/** What is done by command when the database comes from a backup. */
export const recoveryCommands = [
  command({
    name: 'after-restore',
    operands: [],
    options: {},
    says: 'After a restore from a backup, before the service starts: end all sessions, tokens, links and open requests of that past.',
    run: async ({ afterRestore }: Verbs) => told(await afterRestore()),
  }),
]
