import {
  aboutNobody,
  byRequestKinds,
  type RequestKind,
  type RequestState,
  usedAfterApproval,
} from '@fobwatch/contracts'
import type { Allowed, Task } from '#access'

/** How long a request can be decided, and how long an approval can be used. Hours. */
const hoursOpen = 30 * 24
const hoursApproved = 24

/** How long whoever opens a request keeps it from others. Minutes. */
const minutesHeld = 15

/** For how many days a closed request is listed. */
const daysListed = 30

const hoursAfter = (at: Date, hours: number): Date => new Date(at.getTime() + hours * 3_600_000)
export const openUntil = (raisedAt: Date): Date => hoursAfter(raisedAt, hoursOpen)
export const usableUntil = (approvedAt: Date): Date => hoursAfter(approvedAt, hoursApproved)
export const heldUntil = (openedAt: Date): Date => hoursAfter(openedAt, minutesHeld / 60)
export const listedSince = (now: Date): Date => hoursAfter(now, -daysListed * 24)

/** The task that each kind of request is an instance of. */
export const taskOf = {
  'enrol-level-3': 'issue-authenticator',
  'raise-identity-level': 'create-person',
  'give-duty': 'give-duty',
  'export-audit': 'export-audit',
  'add-client': 'manage-clients',
  'change-details': 'change-details',
  'close-person': 'close-person',
  'reopen-person': 'close-person',
  'assign-position': 'assign-position',
  'change-assignment': 'assign-position',
  'end-assignment': 'assign-position',
} as const satisfies Record<RequestKind, Task>

/** Kinds that decide who somebody is, or whether and how they log in: for people with duties, a matter of those who have them too. */
export const touchesWhoTheyAre: readonly RequestKind[] = [
  'enrol-level-3',
  'change-details',
  'close-person',
  'reopen-person',
]

/** The profiles that a kind of request can be about. */
export const profilesOf = (kind: RequestKind): readonly string[] => {
  if (kind === 'reopen-person') return ['closed']
  return kind === 'close-person' ? ['active', 'suspended'] : ['active']
}

export const isByRequest = (kind: RequestKind): boolean => byRequestKinds.some((each) => each === kind)
export const isAboutNobody = (kind: RequestKind): boolean => aboutNobody.includes(kind)

/** What an approval makes of a request: done by it, or to be used by whoever raised it. */
export const approvedAs = (kind: RequestKind): Extract<RequestState, 'approved' | 'done'> =>
  usedAfterApproval.includes(kind) ? 'approved' : 'done'

/** How somebody stands to a request, whoever they are in it. */
export interface Standing {
  /** They raised it, or have a second profile of whoever did. */
  isRaiser: boolean
  isAbout: boolean
  /** It is about them, or about a second profile of theirs. */
  isTheirs: boolean
  /** How their duties allow its task at its organisation; for what concerns everybody, at every organisation. */
  allowed: readonly Allowed[]
  /** Whether they decide requests at its organisation. */
  decides: boolean
  /** Whether they may do by themselves whatever the duties of its person allow, and whatever the duty allows that it gives. */
  coversPerson: boolean
  coversDuty: boolean
  /** Of their own identity. */
  identityLevel: number
}

/** What a request asks for, as far as the rules go. */
export interface AskedFor {
  kind: RequestKind
  /** The identity level that it raises somebody to. */
  level: number | undefined
}

/** What a request asks for, from what is stored of it. Of all kinds, one names a level. */
export const askedFor = ({
  kind,
  asked,
}: {
  kind: RequestKind
  asked: Readonly<Record<string, unknown>>
}): AskedFor => ({
  kind,
  level: typeof asked['level'] === 'number' ? asked['level'] : undefined,
})

export type WhyNot = 'own-request' | 'self' | 'outside' | 'no-duty' | 'not-theirs' | 'duties' | 'level' | 'raiser'

const givesTooMuch = ({ kind, level }: AskedFor, who: Standing): WhyNot | undefined => {
  if (!who.coversDuty) return 'duties'
  if (touchesWhoTheyAre.includes(kind) && !who.coversPerson) return 'duties'
  return level !== undefined && level > who.identityLevel ? 'level' : undefined
}

/** Why somebody may not ask for this; asked again when it is decided, since they may have lost their duty meanwhile. */
export const whyNotRaise = (asked: AskedFor, raiser: Standing): WhyNot | undefined => {
  if (raiser.isAbout) return 'self'
  if (isAboutNobody(asked.kind)) return raiser.allowed.includes('yes') ? undefined : 'no-duty'
  if (raiser.allowed.length === 0) return 'outside'
  // What is asked for by request alone gives nothing by being asked: whoever decides it answers for it.
  if (isByRequest(asked.kind)) return undefined
  return raiser.allowed.includes('yes') ? givesTooMuch(asked, raiser) : 'no-duty'
}

/**
 * Why somebody may not decide this: the second of two people is another than the first and than whom it is about, and
 * gives nothing that they do not have.
 */
export const whyNotDecide = (asked: AskedFor, raiser: Standing, decider: Standing): WhyNot | undefined => {
  if (decider.isRaiser) return 'own-request'
  if (decider.isTheirs) return 'self'
  const doesItself = decider.allowed.includes('yes')
  if (isAboutNobody(asked.kind)) return doesItself ? undefined : 'outside'
  if (!decider.decides) return 'outside'
  const onlyByRequest = isByRequest(asked.kind) || !raiser.allowed.includes('yes')
  if (onlyByRequest && !doesItself) return 'not-theirs'
  return givesTooMuch(asked, decider)
}

/** A request as it is when somebody could not hold or decide it. */
export interface Found {
  state: RequestState
  heldBy: string | null
}

/** Why one could not be held or decided just now. @param by a person's row id, or null for whoever does it by command */
export const whyNotNow = ({ state, heldBy }: Found, by: string | null) => {
  if (state !== 'open') return 'request_not_open'
  return heldBy !== null && heldBy !== by ? 'request_held' : 'request_not_held'
}
