import type { SignInStep } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { interactionOf, type SignInDeps } from './deps.ts'

/**
 * Goes back to the application without logging in to it, whoever is logged in here; it is told `access_denied`
 * (RFC 6749 §4.1.2.1).
 * @throws Refusal `sign_in_unknown`
 */
export const leaveSignIn =
  (deps: SignInDeps) =>
  async ({ interaction: id }: { interaction: string }, visit: Visit): Promise<SignInStep> => {
    const interaction = await interactionOf(deps, id, visit)
    return { next: 'continue', url: await interaction.leave() }
  }
