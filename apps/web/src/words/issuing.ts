import type { Channel, InvitationStatus, IssueInvitation, PlannedDevice, SentLink } from '@fobwatch/contracts'
import { levelWord } from './checks.ts'
import { momentWords, timeWords } from './dates.ts'

type How = IssueInvitation['how']

/** What is handed over, at the start of a sentence. */
export const channelWords: Record<Channel, string> = {
  link: 'Set-up link',
  code: 'Code read aloud',
  pass: 'Temporary pass',
}

/** What the desk has in mind. */
export const deviceWords: Record<PlannedDevice, string> = {
  phone: 'Phone',
  computer: 'Computer',
  'security-key': 'Security key',
  smartcard: 'Smartcard',
}

export const howWords: Record<How, string> = {
  'in-person': 'With you, in person',
  video: 'With you, on a video call',
  link: 'On their own',
}

const stateWords: Record<SentLink['state'], string> = {
  open: 'Not used yet',
  used: 'Used',
  expired: 'Expired',
  replaced: 'Cancelled, or replaced by a newer one',
}

/** "Set-up link for a phone: Not used yet". */
export const sentWords = ({ channel, device, state }: Pick<SentLink, 'channel' | 'device' | 'state'>): string =>
  `${channelWords[channel]}${device ? ` for a ${deviceWords[device].toLowerCase()}` : ''}: ${stateWords[state].toLowerCase()}`

/** How long the browser's box waits, in milliseconds. */
const boxWaits = 5 * 60_000

const closedWords = ({ state, expiresAt }: Pick<InvitationStatus, 'state' | 'expiresAt'>): string | undefined => {
  if (state === 'expired') return `It stopped working at ${momentWords(expiresAt)}`
  return state === 'replaced' ? 'It was cancelled, or you made a newer one' : undefined
}

/**
 * What has become of a link, code or pass so far, a line each, the newest last.
 * @param now in milliseconds
 */
export const progressWords = (status: InvitationStatus, now: number, timeZone?: string): string[] => {
  const at = (moment: string) => timeWords(moment, timeZone)
  const { state, mailed, enteredAt, openedAt, boxAt, usedAt, wrongTries, undone, setUp } = status
  const boxIsOpen = state === 'open' && boxAt !== null && now - Date.parse(boxAt) < boxWaits
  const lines = [
    mailed && 'Sent by email',
    wrongTries > 0 && (wrongTries === 1 ? '1 wrong try' : `${wrongTries} wrong tries`),
    enteredAt && `Code typed in ${at(enteredAt)}`,
    openedAt && `Opened ${at(openedAt)}`,
    undone && 'Set up another kind of device, and undid it',
    boxIsOpen && 'Box open',
    state === 'open' && boxAt && !boxIsOpen && `Box opened ${at(boxAt)}, and closed again`,
    usedAt && `Done ${at(usedAt)}`,
    setUp && `They set up “${setUp.name}”, a ${levelWord(setUp.assuranceLevel)} check`,
    closedWords(status),
  ].filter((line) => typeof line === 'string')
  return lines.length === 0 ? ['Not opened yet'] : lines
}

/** How long somebody thinks about undoing another kind of device than was planned, in milliseconds. */
const undoing = 3 * 60_000

/**
 * Whether there may be more to come of it.
 * @param now in milliseconds
 */
export const isWaiting = (
  { state, device, usedAt, undone }: Pick<InvitationStatus, 'state' | 'device' | 'usedAt' | 'undone'>,
  now: number,
): boolean =>
  state === 'open' ||
  (state === 'used' && device !== null && !undone && usedAt !== null && now - Date.parse(usedAt) < undoing)

const spelling: Record<string, string> = {
  ...{ C: 'Charlie', D: 'Delta', F: 'Foxtrot', H: 'Hotel', J: 'Juliet', K: 'Kilo', M: 'Mike', N: 'November' },
  ...{ P: 'Papa', Q: 'Quebec', R: 'Romeo', T: 'Tango', W: 'Whisky', X: 'X-ray', Y: 'Yankee' },
}

/** A code in two groups, as it is read aloud. */
export const inGroups = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`

/** How each character of a code is said. */
export const spelled = (code: string): string => Array.from(code, (each) => spelling[each] ?? each).join(', ')
