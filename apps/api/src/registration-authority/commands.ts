import { command } from '#commands'
import type { becomeFirstManager } from './become-first-manager.ts'
import type { inviteByCommand } from './issue-invitation.ts'

interface Verbs {
  becomeFirstManager: ReturnType<typeof becomeFirstManager>
  inviteByCommand: ReturnType<typeof inviteByCommand>
}

const staffIdOf = (text: string | undefined): string => {
  if (!text || !/^\d{12}$/.test(text)) throw new Error('A staff id has 12 digits.')
  return text
}

/** What can be done by command, before anybody could do it at the desk. */
export const registrationAuthorityCommands = [
  command({
    name: 'become-first-manager',
    operands: ['STAFF_ID', 'ORGANISATION_CODE'],
    options: {},
    says: "Give somebody the registration authority manager's duty, while nobody has it.",
    run: async (desk: Verbs, { operands: [staffId, organisationCode = ''] }) => {
      await desk.becomeFirstManager(staffIdOf(staffId), organisationCode)
      return `${staffId} is the first registration authority manager, at ${organisationCode} and everything below it.\n`
    },
  }),
  command({
    name: 'invite',
    operands: ['STAFF_ID'],
    options: {},
    says: 'Print a new link to set up a device; older links stop working.',
    run: async (desk: Verbs, { operands: [staffId] }) => {
      const { url, expiresAt } = await desk.inviteByCommand(staffIdOf(staffId))
      return `${url}\nIt works once, until ${expiresAt}. Give it to nobody else.\n`
    },
  }),
]
