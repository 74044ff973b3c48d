import { type Authenticator, Moment, PausedBecause } from '@fobwatch/contracts'
import { Value } from 'typebox/value'
import { command } from '#commands'
import type {
  listByCommand,
  pauseByCommand,
  pausedByCommand,
  reinstateByCommand,
  revokeByCommand,
  setExpiryByCommand,
} from './life/by-command.ts'

interface Verbs {
  listByCommand: ReturnType<typeof listByCommand>
  pausedByCommand: ReturnType<typeof pausedByCommand>
  pauseByCommand: ReturnType<typeof pauseByCommand>
  reinstateByCommand: ReturnType<typeof reinstateByCommand>
  revokeByCommand: ReturnType<typeof revokeByCommand>
  setExpiryByCommand: ReturnType<typeof setExpiryByCommand>
}

const idOf = (text = ''): string => {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text))
    throw new Error('ID is of a device, as `fobwatch authenticators` lists it.')
  return text
}

const oneOf = <T extends string>(option: string, words: readonly T[], text: string): T => {
  const word = words.find((each) => each === text)
  if (!word) throw new Error(`--${option} must be one of: ${words.join(', ')}.`)
  return word
}

const noteOf = (text: string | undefined): string | undefined => {
  if (text !== undefined && !/^(?=.*\S)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,500}$/u.test(text))
    throw new Error('--note takes up to 500 characters in one line.')
  return text
}

/** A day begins in UTC, wherever this runs. */
const endIn = (text = ''): Date | null => {
  if (text === 'never') return null
  const moment = text.includes('T') ? text : `${text}T00:00:00Z`
  if (!Value.Check(Moment, moment))
    throw new Error('An end is a day such as 2027-01-31, a moment such as 2027-01-31T17:00:00Z, or never.')
  return new Date(moment)
}

/** Rows in columns, for people and for `cut` alike. */
const lines = (rows: readonly (readonly string[])[]): string => rows.map((row) => `${row.join('\t')}\n`).join('')

const statusOf = ({ status, because }: Authenticator): string => (because ? `${status} (${because})` : status)

const reasons = PausedBecause.anyOf.map((each) => each.const)

const note = { note: { value: 'TEXT' } } as const

/** What can be done by command about what people log in with. */
export const authenticatorCommands = [
  command({
    name: 'authenticators',
    operands: ['STAFF_ID'],
    options: {},
    says: 'List what somebody logs in with: id, status, level, kind, when it was set up and last used, until when, name.',
    run: async ({ listByCommand }: Verbs, { operands: [staffId = ''] }) => {
      if (!/^\d{12}$/.test(staffId)) throw new Error('A staff id has 12 digits.')
      const held = await listByCommand(staffId)
      if (held.length === 0) return 'They have nothing to log in with.\n'
      return lines(
        held.map((each) => [
          ...[each.id, statusOf(each), `AAL${each.assuranceLevel}`, each.kind],
          ...[each.addedAt, each.lastUsedAt ?? '-', each.expiresAt ?? '-', each.name],
        ]),
      )
    },
  }),
  command({
    name: 'suspend',
    operands: ['ID'],
    options: { because: { value: 'lost|stolen|desk', required: true }, ...note },
    says: 'Suspend a device: from now on it opens nothing, and what it had opened is over.',
    run: async ({ pauseByCommand }: Verbs, { operands: [id], options }) => {
      const because = oneOf('because', ['lost', 'stolen', 'desk'], options.because)
      await pauseByCommand(idOf(id), because, noteOf(options.note))
      return `${id} is suspended.\n`
    },
  }),
  command({
    name: 'reinstate',
    operands: ['ID'],
    options: note,
    says: 'End the suspension of a device. Sessions that ended with it stay over.',
    run: async ({ reinstateByCommand }: Verbs, { operands: [id], options }) => {
      await reinstateByCommand(idOf(id), noteOf(options.note))
      return `${id} is active.\n`
    },
  }),
  command({
    name: 'revoke',
    operands: ['ID'],
    options: { because: { value: 'desk|left', required: true }, ...note },
    says: 'Revoke a device for good.',
    run: async ({ revokeByCommand }: Verbs, { operands: [id], options }) => {
      const because = oneOf('because', ['desk', 'left'], options.because)
      await revokeByCommand(idOf(id), because, noteOf(options.note))
      return `${id} is revoked.\n`
    },
  }),
  command({
    name: 'expiry',
    operands: ['ID', 'DATE|never'],
    options: {},
    says: 'Say from when a device opens nothing: the beginning of a day, or a moment, in UTC; or never.',
    run: async ({ setExpiryByCommand }: Verbs, { operands: [id, end] }) => {
      const expiresAt = endIn(end)
      await setExpiryByCommand(idOf(id), expiresAt)
      return expiresAt ? `${id} works until ${expiresAt.toISOString()}.\n` : `${id} has no end.\n`
    },
  }),
  command({
    name: 'paused',
    operands: [],
    options: { because: { value: reasons.join('|') } },
    says: 'List the devices that are suspended, the longest first: id, staff id, why, since when, kind, AAGUID, name.',
    run: async ({ pausedByCommand }: Verbs, { options: { because } }) => {
      const paused = await pausedByCommand(because === undefined ? null : oneOf('because', reasons, because))
      if (paused.length === 0) return 'Nothing is suspended.\n'
      return lines(
        paused.map(({ id, staffId, because: why, since, kind, aaguid, name }) => [
          ...[id, staffId, why, since.toISOString(), kind, aaguid, name],
        ]),
      )
    },
  }),
]
