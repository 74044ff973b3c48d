import { command } from '#commands'
import type { becomeFirstManager, becomeFirstServiceOperator } from './become-first.ts'
import type { inviteByCommand, LinkByCommand } from './issue-invitation.ts'
import type { proveByCommand } from './people/prove-by-command.ts'

interface Verbs {
  becomeFirstManager: ReturnType<typeof becomeFirstManager>
  becomeFirstServiceOperator: ReturnType<typeof becomeFirstServiceOperator>
  inviteByCommand: ReturnType<typeof inviteByCommand>
  proveByCommand: ReturnType<typeof proveByCommand>
}

const staffIdOf = (text: string | undefined): string => {
  if (!text || !/^\d{12}$/.test(text)) throw new Error('A staff id has 12 digits.')
  return text
}

const ways = ['in-person', 'video', 'link'] as const

const howOf = (text: string): (typeof ways)[number] => {
  const how = ways.find((each) => each === text)
  if (!how) throw new Error('--how must be in-person, video or link.')
  return how
}

const levelOf = (text: string | undefined): number => {
  if (!text || !/^[123]$/.test(text)) throw new Error('A level is 1, 2 or 3.')
  return Number(text)
}

const worksOnce = ({ url, expiresAt }: LinkByCommand): string =>
  `${url}\nIt works once, until ${expiresAt}. Give it to nobody else.\n`

const withNewLink = (said: string, link: LinkByCommand | undefined): string =>
  link
    ? `${said}Any link that they had to set up a device stopped working. Here is a new one:\n${worksOnce(link)}`
    : said

const givenHow = { how: { value: 'in-person|video|link' } } as const

/** What can be done by command, before anybody could do it at the desk. */
export const registrationAuthorityCommands = [
  command({
    name: 'become-first-manager',
    operands: ['STAFF_ID', 'ORGANISATION_CODE'],
    options: givenHow,
    says: "Give somebody the registration authority manager's duty, while nobody has it. Say how to give them a link too.",
    run: async (desk: Verbs, { operands: [staffId, organisationCode = ''], options: { how } }) => {
      const link = await desk.becomeFirstManager(
        staffIdOf(staffId),
        organisationCode,
        how === undefined ? how : howOf(how),
      )
      const said = `${staffId} is the first registration authority manager, at ${organisationCode} and everything below it.\n`
      return withNewLink(said, link)
    },
  }),
  command({
    name: 'become-first-service-operator',
    operands: ['STAFF_ID'],
    options: givenHow,
    says: "Give somebody the service operator's duty, for everybody, while nobody has it. Say how to give them a link too.",
    run: async (desk: Verbs, { operands: [staffId], options: { how } }) => {
      const link = await desk.becomeFirstServiceOperator(staffIdOf(staffId), how === undefined ? how : howOf(how))
      return withNewLink(`${staffId} is the first service operator, at every organisation.\n`, link)
    },
  }),
  command({
    name: 'prove-identity',
    operands: ['STAFF_ID', 'LEVEL'],
    options: { how: { value: 'in-person|video', required: true } },
    says: 'Say that you looked at the documents of somebody, and how well they prove who that is. Their open links end.',
    run: async (desk: Verbs, { operands: [staffId, level], options: { how } }) => {
      const seen = howOf(how)
      if (seen === 'link') throw new Error('--how must be in-person or video.')
      await desk.proveByCommand(staffIdOf(staffId), levelOf(level), seen)
      return `The identity of ${staffId} is proved at level ${level}.\n`
    },
  }),
  command({
    name: 'invite',
    operands: ['STAFF_ID'],
    options: givenHow,
    says: 'Print a new link to set up a device; older links stop working. Say how if you see the person when you give it.',
    run: async (desk: Verbs, { operands: [staffId], options: { how = 'link' } }) => {
      return worksOnce(await desk.inviteByCommand(staffIdOf(staffId), howOf(how)))
    },
  }),
]
