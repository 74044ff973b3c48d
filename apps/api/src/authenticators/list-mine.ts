import type { Authenticator, AuthenticatorList } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import type { Deps } from './deps.ts'
import { viewOf } from './view.ts'

/** A person's authenticators, oldest first. @param current the one that their session was opened with */
export const listOf =
  ({ store }: Pick<Deps, 'store'>) =>
  async (personId: string, current?: string): Promise<Authenticator[]> =>
    (await store.listOf(personId)).map((row) => viewOf(row, current))

/** The authenticators of whoever is signed in. */
export const listMine =
  (deps: Pick<Deps, 'store'>) =>
  async (_input: unknown, visit: Visit): Promise<AuthenticatorList> => {
    const { personId, authenticatorId } = visitor(visit)
    return { authenticators: await listOf(deps)(personId, authenticatorId) }
  }
