import { type Answer, command, textGiven } from '#commands'
import { AssertionGiven, RegistrationGiven } from './case.ts'
import { explainAssertion } from './explain-assertion.ts'
import { explainRegistration } from './explain-registration.ts'
import { readGiven } from './read-case.ts'
import type { Report } from './report.ts'

const exitCode = { verified: 0, refused: 1, unreadable: 2 } as const

const answerOf = (report: Report): Answer => ({
  out: `${JSON.stringify(report, null, 2)}\n`,
  exitCode: report.verified ? exitCode.verified : exitCode.refused,
})

const form = { operands: ['FILE'], options: {}, failureCode: exitCode.unreadable } as const

/** What support staff ask by command. It needs neither configuration nor a database. */
export const explainCommands = [
  command({
    ...form,
    name: 'explain registration',
    says: "Say what the service makes of a device's answer at set-up (WebAuthn) in a JSON file (- for standard input), and why.",
    run: async (_: undefined, { operands: [file] }) =>
      answerOf(await explainRegistration(readGiven(RegistrationGiven, await textGiven(file)), new Date())),
  }),
  command({
    ...form,
    name: 'explain assertion',
    says: "The same of a device's answer at a log in, by the credential that is stored.",
    run: async (_: undefined, { operands: [file] }) =>
      answerOf(await explainAssertion(readGiven(AssertionGiven, await textGiven(file)), new Date())),
  }),
]
