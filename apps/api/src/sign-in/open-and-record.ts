import type { AuditEvent } from '#audit'
import type { Visit } from '#http'
import type { Assertion, Opened } from '#sessions'
import type { SignInDeps } from './deps.ts'
import { assertionOf, detailsOf, useCredential, useOf } from './use-credential.ts'
import type { Verified } from './verify-assertion.ts'

/** A session that a verified assertion is to open. */
interface ToOpen {
  verified: Verified
  assignmentId: string | null
  shared: boolean
  assertedIn: Buffer
}

type OpenedAt = Opened & { at: Date }

/** Counter, session and event, stored together or not at all. */
export const openAndRecord = async (deps: SignInDeps, toOpen: ToOpen, visit: Visit): Promise<OpenedAt> =>
  (await openAtOnce(deps, toOpen, visit)) ?? openStepByStep(deps, toOpen, visit)

const openingOf = ({ verified, ...session }: ToOpen, assertion: Assertion, { userAgent }: Visit) => ({
  ...assertion,
  ...session,
  personId: verified.credential.personId,
  userAgent,
})

const signedIn = (
  { verified: { credential }, assignmentId, shared }: ToOpen,
  assertion: Assertion,
  session: string,
  { requestId }: Visit,
): AuditEvent & { personal?: undefined } => ({
  type: 'signed-in',
  actor: credential.personId,
  person: credential.personId,
  requestId,
  details: {
    session,
    ...(assignmentId && { role: assignmentId }),
    ...(shared && { shared: true }),
    ...detailsOf(assertion),
  },
})

/**
 * Does all of it in one round trip, where there is nothing to decide on the way: the browser brings no session and has none
 * that has not ended, and the authenticator says nothing new of itself.
 * @returns nothing where that turns out to be otherwise, or the counter is wrong: then nothing was done
 */
const openAtOnce = async (deps: SignInDeps, toOpen: ToOpen, visit: Visit): Promise<OpenedAt | undefined> => {
  const { verified } = toOpen
  if (visit.sessionSecret || verified.evidence.backupState !== verified.credential.backupState) return undefined
  const at = deps.now()
  const assertion = assertionOf(verified, at)
  const { steps, opened } = deps.sessions.openFirstSession(visit.browser(), openingOf(toOpen, assertion, visit))
  const done = await deps.together([
    deps.authenticators.recordUseOrStop(useOf(verified, at)),
    ...steps,
    deps.recordStep(signedIn(toOpen, assertion, opened.sessionId, visit)),
  ])
  return done ? { ...opened, at } : undefined
}

/** Does it with a look at each answer, which says what comes next. */
const openStepByStep = (deps: SignInDeps, toOpen: ToOpen, visit: Visit): Promise<OpenedAt> =>
  useCredential(deps, toOpen.verified, visit, async (tx, assertion) => {
    const browser = { secret: visit.browser(), sessionSecret: visit.sessionSecret }
    const opened = await deps.sessions.openSession(tx, browser, openingOf(toOpen, assertion, visit))
    await deps.record(tx, signedIn(toOpen, assertion, opened.sessionId, visit))
    return { ...opened, at: assertion.at }
  })
