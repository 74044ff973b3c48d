import type { LogoutTest } from '@fobwatch/contracts'
import { command } from '#commands'

interface Verbs {
  testLogoutByCommand: (client: string) => Promise<LogoutTest>
}

const report = ({ address, header, claims, meaning, answer, milliseconds }: LogoutTest): string =>
  [
    `Sent to ${address}, as a form with one field, logout_token.`,
    `Header: ${header}`,
    `Claims: ${claims}`,
    answer ? `Answered ${answer.status} after ${milliseconds} ms.` : `No answer, after ${milliseconds} ms.`,
    ...(answer?.body ? [answer.body] : []),
    meaning,
  ].join('\n')

/** What can be tried by command. */
export const sessionCommands = [
  command({
    name: 'clients test-logout',
    operands: ['CLIENT_ID'],
    options: {},
    says: 'Send an application a logout token for a session that never was, and show what comes back.',
    run: async (sessions: Verbs, { operands: [client = ''] }) => {
      const test = await sessions.testLogoutByCommand(client)
      return { out: `${report(test)}\n`, exitCode: test.verdict === 'taken' ? 0 : 1 }
    },
  }),
]
