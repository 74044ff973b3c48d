import type { DeskRequest, RequestKind, RequestState, WholeRequest } from '@fobwatch/contracts'
import { dayWords, momentWords } from './dates.ts'

/** What is asked, as a thing to do. */
export const kindWords: Record<RequestKind, string> = {
  'enrol-level-3': 'Send a set-up link, code or pass',
  'raise-identity-level': 'Raise the identity level',
  'give-duty': 'Give a duty at the desk',
  'export-audit': 'Make a copy of the log',
  'add-client': 'Add an application',
  'change-details': 'Change details',
  'close-person': 'Close the profile',
  'reopen-person': 'Reopen the profile',
  'assign-position': 'Give a role',
  'change-assignment': 'Change the dates of a role',
  'end-assignment': 'End a role',
}

interface Details {
  channel?: unknown
  byMail?: unknown
}

const handedOver = ({ channel = 'link', byMail }: Details): string => {
  if (channel === 'code') return 'Read a code aloud'
  if (channel === 'pass') return 'Give a temporary pass'
  return byMail ? 'Send a set-up link by email' : 'Make a set-up link to copy'
}

/** What is asked, as a thing to do: as exactly as is known. */
export const deedWords = ({ kind, asked }: Pick<DeskRequest, 'kind'> & { asked?: Details }): string =>
  kind === 'enrol-level-3' && asked ? handedOver(asked) : kindWords[kind]

/** What is asked, with the position that it is about. */
export const askedWords = (request: Pick<DeskRequest, 'kind' | 'position'> & { asked?: Details }): string =>
  request.position ? `${deedWords(request)}: ${request.position}` : deedWords(request)

/** What would be handed over, where a link, a code or a pass is asked for. */
export const thingAsked = ({ channel = 'link' }: { channel?: unknown }): string =>
  ({ code: 'a code read aloud', pass: 'a temporary pass' })[String(channel)] ?? 'a set-up link'

/** Whom it is about, in a list. */
export const aboutWords = ({ about }: Pick<DeskRequest, 'about'>): string => about?.name ?? 'Everybody'

/** What has become of a request, in words. */
export const stateWords: Record<RequestState, string> = {
  open: 'Waiting for second person',
  approved: 'Approved',
  done: 'Done',
  rejected: 'Rejected',
  withdrawn: 'Taken back',
  cancelled: 'Cancelled',
  expired: 'Out of time',
}

/** Who else can be the second of two people, where the desk has nobody. */
export const whoElse = 'Nobody else at the desk? Whoever runs Fobwatch can agree to it too.'

/** Who can be the second of two people, for whoever asks. */
export const whoApproves = (kind: RequestKind): string => {
  if (kind === 'export-audit' || kind === 'add-client')
    return 'Another service operator can approve it, if they look after everybody as you do.'
  if (kind === 'enrol-level-3') return 'Anyone else who decides requests at the same organisation can approve it.'
  return 'Somebody else at the desk of the same organisation can approve it, if they may do it themselves.'
}

const becauseOf: Partial<Record<RequestKind, string>> = {
  'enrol-level-3': 'their identity is proved at level 3',
  'raise-identity-level': 'a higher identity level can open more to them',
  'give-duty': 'it gives them work at the desk',
  'export-audit': 'a copy of the log says what everybody did',
  'add-client': 'people work with it',
}

/** Why it takes two people; nothing where a request is all that some duties allow, and no second of two people. */
export const whyTwo = (kind: RequestKind): string | undefined =>
  becauseOf[kind] && `It takes 2 people because ${becauseOf[kind]}.`

/** Kinds whose approval does what is asked. */
const doneByApproval = (kind: RequestKind): boolean => !['enrol-level-3', 'export-audit', 'add-client'].includes(kind)

/** What comes after asking, and after the approval. */
export const whatNext = (kind: RequestKind): string =>
  doneByApproval(kind)
    ? 'When they approve it, it is done at once. You do nothing more.'
    : 'When they approve it, come back and finish it. You then have 24 hours, and can do it once.'

/** What has become of a request, as a sentence for its page. */
export const fateWords = (request: WholeRequest): string => {
  const { state, decidedBy, decidedAt, dueAt, kind } = request
  const by = decidedBy ? `by ${decidedBy}` : 'by the people who run this service'
  const when = decidedAt ? ` at ${momentWords(decidedAt)}` : ''
  const fates: Record<RequestState, string> = {
    open: `It waits for a second person, until ${dayWords(dueAt)}.`,
    approved: `It was approved ${by}${when}. It can be used once, until ${momentWords(dueAt)}.`,
    done: doneByApproval(kind) ? `It was approved ${by}${when}, and done.` : `It was approved ${by}${when}, and used.`,
    rejected: `It was rejected ${by}${when}.`,
    withdrawn: 'Whoever asked took it back.',
    cancelled: 'It was cancelled, because somebody in it left or lost what they logged in with.',
    expired: `Its time was over at ${momentWords(dueAt)}.`,
  }
  return fates[state]
}

/** Where whoever asked finishes what was approved; nothing where the approval did it. */
export const finishHref = ({ id, kind, about }: Pick<WholeRequest, 'id' | 'kind' | 'about'>): string | undefined => {
  if (kind === 'enrol-level-3') return about ? `/desk/issuing/${about.staffId}?request=${id}` : undefined
  if (kind === 'export-audit') return `/desk/audit/export?request=${id}`
  return kind === 'add-client' ? `/desk/applications/finish/${id}` : undefined
}

const fieldWords: Record<string, string> = {
  how: 'How they are seen',
  channel: 'What is made',
  device: 'Kind of device',
  lifetimeHours: 'Works for',
  byMail: 'Sent by mail',
  level: 'Identity level',
  evidence: 'Documents shown',
  startsAt: 'From',
  expiresAt: 'Until',
  because: 'Reason',
  note: 'Note',
  givenName: 'First name',
  middleNames: 'Middle names',
  familyName: 'Last name',
  title: 'Title',
  email: 'Work email',
  phone: 'Phone',
  birthDate: 'Date of birth',
  id: 'Id',
  name: 'Name',
  metadata: 'Settings',
  apis: 'APIs',
  from: 'From',
  to: 'Until',
}

/** What the page says in other words already, or what says nothing to people. */
const unsaid = new Set(['position', 'assignment', 'version', 'acknowledged'])

/** What the API's own words mean, where people would not say them so. */
const saidAs: Record<string, string> = {
  'in-person': 'In person',
  video: 'On a video call',
  'how link': 'On their own',
  'channel link': 'A link',
  'channel code': 'A code read aloud',
  'channel pass': 'A temporary pass',
  phone: 'A phone',
  tablet: 'A tablet',
  computer: 'A computer',
  'security-key': 'A security key',
  smartcard: 'A smartcard',
  left: 'They left',
  died: 'They died',
  duplicate: 'They have another profile',
  mistake: 'It was a mistake',
}

const hoursWords = (hours: number): string => {
  const [count, unit] = hours % 24 === 0 ? [hours / 24, 'day'] : [hours, 'hour']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

const valueWords = (value: unknown, name = ''): string => {
  if (name === 'lifetimeHours') return hoursWords(Number(value))
  if (value === null || value === '') return 'None'
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (Array.isArray(value)) return value.length === 0 ? 'None' : value.map((each) => valueWords(each)).join('; ')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, each]) => `${fieldName(name)}: ${valueWords(each, name)}`)
      .join(', ')
  const text = String(value)
  const said = saidAs[`${name} ${text}`] ?? saidAs[text]
  if (said) return said
  return /^\d{4}-\d\d-\d\dT/.test(text) ? momentWords(text) : text
}

const fieldName = (name: string): string => {
  const known = fieldWords[name]
  if (known) return known
  const words = name
    .replace(/[_-]/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What exactly is asked, field by field. */
export const detailsOf = ({ asked }: Pick<WholeRequest, 'asked'>): { key: string; value: string }[] =>
  Object.entries(asked)
    .filter(([name]) => !unsaid.has(name))
    .map(([name, value]) => ({ key: fieldName(name), value: valueWords(value, name) }))
