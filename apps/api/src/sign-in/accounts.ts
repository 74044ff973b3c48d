import type { Account } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { nameOf, type SignInDeps } from './deps.ts'
import type { Interaction } from './interaction.ts'

/** Whether somebody may be chosen without an assertion: never where other people use the browser. */
export const maybeChosen = ({ needs }: Interaction, visit: Visit): boolean => needs === 'account' && !visit.isShared

/** Who may be chosen in a sign-in, in this browser: people of the sandbox alone, and at sandbox applications alone. */
export const accountsOf = async (deps: SignInDeps, interaction: Interaction, visit: Visit): Promise<Account[]> => {
  if (!maybeChosen(interaction, visit)) return []
  const current = await deps.sessions.lookAtSession(visit.sessionSecret)
  const all = await deps.sessions.listBeside(visit.browser())
  return Promise.all(
    all.map(async ({ sessionId, personId, staffId, authenticatedAt, assuranceLevel }) => ({
      session: sessionId,
      name: await nameOf(deps, personId),
      staffId,
      current: sessionId === current?.sessionId,
      authenticatedAt: authenticatedAt.toISOString(),
      assuranceLevel,
    })),
  )
}
