import type { WayThatDoes } from '#authenticators'
import { hashOf } from '#kernel'
import type { LiveSession } from '#sessions'
import type { SignInDeps } from './deps.ts'
import { type Interaction, type Lack, ownPages } from './interaction.ts'

/** Where a sign-in stands, in the session that this browser has. */
export type Stage =
  | { kind: 'authenticate' }
  /** `ways`: those of the person's that would do; none where nothing that they have would. */
  | { kind: 'stronger'; session: LiveSession; lack: Lack; ways: WayThatDoes[] }
  | { kind: 'role'; session: LiveSession }

/**
 * Whether an assertion of a session's may count for a sign-in that was begun before it. Where other people use the device,
 * only one that was made in that very sign-in does: whoever used it before could have begun one, to be found finished.
 */
export const isProvedFor = ({ id }: Interaction, { shared, assertedIn }: Pick<LiveSession, 'shared' | 'assertedIn'>) =>
  !shared || assertedIn?.equals(hashOf(id)) === true

/**
 * Whether this session has done what the sign-in asks, so that only a stronger check or a role may be missing: it is the one
 * that was found lacking no more than that, or its assertion came since. The next person's session is neither, and
 * that of a person of the sandbox is nobody's anywhere else.
 */
const isSatisfiedBy = (interaction: Interaction, session: LiveSession | undefined): session is LiveSession =>
  session !== undefined &&
  (interaction.sandbox || !session.sandboxOnly) &&
  (session.sessionId === interaction.begunIn ||
    (session.authenticatedAt >= interaction.startedAt && isProvedFor(interaction, session)))

/** The person whose ways are asked for, and how sure their last check made us. */
type Checked = Pick<LiveSession, 'personId' | 'acr'>

/**
 * What a check leaves to ask its person for, and which of their ways would do. A wish is nothing to ask where none would;
 * a demand is, so that they are told.
 */
export const strongerFor = async (
  { authenticators }: Pick<SignInDeps, 'authenticators'>,
  { lackOf, clientId, needs }: Interaction,
  { personId, acr }: Checked,
): Promise<{ lack: Lack; ways: WayThatDoes[] } | undefined> => {
  const lack = needs === 'role' ? undefined : lackOf(acr)
  if (!lack) return undefined
  const ways = await authenticators.waysThatDo(personId, { acrs: lack.acrs, clientId })
  return lack.demanded || ways.length > 0 ? { lack, ways } : undefined
}

/**
 * Where a sign-in stands. Our own pages always begin with the assertion.
 * @param session of the browser: found, where its person did something, and looked at where an application sent the browser
 */
export const stageOf = async (
  deps: Pick<SignInDeps, 'authenticators'>,
  interaction: Interaction,
  session: LiveSession | undefined,
): Promise<Stage> => {
  if (interaction.id === ownPages || !isSatisfiedBy(interaction, session)) return { kind: 'authenticate' }
  const stronger = await strongerFor(deps, interaction, session)
  if (stronger) return { kind: 'stronger', session, ...stronger }
  return interaction.wantsRole ? { kind: 'role', session } : { kind: 'authenticate' }
}
