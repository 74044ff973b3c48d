import type { RequestOptions, SignInState } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { hashOf } from '#kernel'
import { accountsOf } from './accounts.ts'
import { interactionOf, nameOf, type SignInDeps } from './deps.ts'
import { levelAsked } from './rules.ts'
import { type Stage, stageOf } from './stage.ts'

/** What a challenge for this sign-in is bound to: the sign-in and the browser that it runs in. */
export const bindingOf = (interactionId: string, visit: Visit): string =>
  `sign-in:${interactionId}:${hashOf(visit.browser()).toString('base64url')}`

/**
 * What the page shows next: the button, a stronger check, or the choice of a role.
 * @throws Refusal `sign_in_unknown`
 */
export const signInState =
  (deps: SignInDeps) =>
  async ({ interaction: id }: { interaction: string }, visit: Visit): Promise<SignInState> => {
    const interaction = await interactionOf(deps, id, visit)
    // The page asks this first, and by itself: two that asked for challenges at once would each be given a cookie.
    visit.browser()
    const { application, hint } = interaction
    // Where an application sends a browser is no sign of its person.
    const session = await deps.sessions.lookAtSession(visit.sessionSecret)
    const stage = await stageOf(deps, interaction, session)
    const nothing = {
      application,
      hint,
      stage: stage.kind,
      name: null,
      accounts: [],
      roles: [],
      stronger: null,
      shared: visit.isShared,
      personas: deps.hasPersonas && interaction.sandbox,
    }
    if (stage.kind === 'authenticate') {
      const accounts = await accountsOf(deps, interaction, visit)
      if (accounts.length > 0) return { ...nothing, stage: 'account', accounts }
      // Where other people use the device, whoever stands at it now need not be the one who is logged in; a person of the
      // sandbox is nobody here.
      const isTheirs = session && !session.sandboxOnly && !session.shared && !visit.isShared && !interaction.sandbox
      return { ...nothing, name: isTheirs ? await nameOf(deps, session.personId) : null }
    }

    const { personId } = stage.session
    const name = await nameOf(deps, personId)
    if (stage.kind === 'stronger') return { ...nothing, name, stronger: await strongerView(deps, stage) }
    return { ...nothing, name, roles: await deps.rolesHeldBy(personId) }
  }

const strongerView = async (
  { authenticators }: SignInDeps,
  { session, lack, ways }: Extract<Stage, { kind: 'stronger' }>,
) => ({
  used: (await authenticators.nameOf(session.authenticatorId)) ?? '',
  usedLevel: session.assuranceLevel,
  level: levelAsked(lack.acrs),
  demanded: lack.demanded,
  ways: ways.map(({ name, kind }) => ({ name, kind })),
})

/**
 * A challenge for whoever is in front of this browser. It names no credentials, so that nothing is learned about anyone;
 * but where a person who is signed in is asked for a stronger check, it names those of theirs that would do.
 * @throws Refusal `sign_in_unknown`
 */
export const beginSignIn =
  (deps: SignInDeps) =>
  async ({ interaction: id }: { interaction: string }, visit: Visit): Promise<RequestOptions> => {
    const interaction = await interactionOf(deps, id, visit)
    const stage = await stageOf(deps, interaction, await deps.sessions.lookAtSession(visit.sessionSecret))
    const allow = stage.kind === 'stronger' ? stage.ways.map(({ descriptor }) => descriptor) : []
    return deps.webauthn.beginAuthentication({ boundTo: bindingOf(interaction.id, visit), allow })
  }
