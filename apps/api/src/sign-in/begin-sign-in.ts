import type { RequestOptions, SignInState } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { hashOf } from '#kernel'
import { fullName } from '#people'
import { interactionOf, isSatisfiedBy, type SignInDeps } from './deps.ts'
import { ownPages } from './interaction.ts'

/** What a challenge for this sign-in is bound to: the sign-in and the browser that it runs in. */
export const bindingOf = (interactionId: string, visit: Visit): string =>
  `sign-in:${interactionId}:${hashOf(visit.browser()).toString('base64url')}`

/**
 * What the page shows next: the button, or the choice of a role.
 * @throws Refusal `sign_in_unknown`
 */
export const signInState =
  (deps: SignInDeps) =>
  async ({ interaction: id }: { interaction: string }, visit: Visit): Promise<SignInState> => {
    const interaction = await interactionOf(deps, id, visit)
    // The page asks this first, and by itself: two that asked for challenges at once would each be given a cookie.
    visit.browser()
    // Where an application sends a browser is no sign of its person.
    const session = await deps.sessions.lookAtSession(visit.sessionSecret)
    if (id === ownPages || !isSatisfiedBy(interaction, session))
      return { application: interaction.application, stage: 'authenticate', name: null, roles: [] }

    const [person, roles] = await Promise.all([deps.findPerson(session.personId), deps.rolesHeldBy(session.personId)])
    return { application: interaction.application, stage: 'role', name: person ? fullName(person) : null, roles }
  }

/**
 * A challenge for whoever is in front of this browser. It names no credentials, so that nothing is learned about anyone.
 * @throws Refusal `sign_in_unknown`
 */
export const beginSignIn =
  (deps: SignInDeps) =>
  async ({ interaction: id }: { interaction: string }, visit: Visit): Promise<RequestOptions> => {
    const interaction = await interactionOf(deps, id, visit)
    return deps.webauthn.beginAuthentication({ boundTo: bindingOf(interaction.id, visit) })
  }
