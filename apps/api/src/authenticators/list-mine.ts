import type { Authenticator, AuthenticatorList, DeskAuthenticator } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { Refusal } from '#kernel'
import { fullName } from '#people'
import type { Deps } from './deps.ts'
import { signalsOf } from './signals-of.ts'
import { viewOf } from './view.ts'

/** A person's authenticators, oldest first. @param current the one that their session was opened with */
export const listOf =
  ({ store, now, modelOf }: Pick<Deps, 'store' | 'now' | 'modelOf'>) =>
  async (personId: string, current?: string): Promise<Authenticator[]> =>
    (await store.listOf(personId, now())).map((row) => viewOf({ modelOf })(row, personId, current))

/** The same for the desk: with who changed each last, and what they wrote. */
export const listForDesk =
  ({ store, now, findPerson, modelOf }: Pick<Deps, 'store' | 'now' | 'findPerson' | 'modelOf'>) =>
  async (personId: string): Promise<DeskAuthenticator[]> => {
    const nameOf = async (id: string | null) => {
      const person = id ? await findPerson(id) : undefined
      return person ? fullName(person) : null
    }
    return Promise.all(
      (await store.listOf(personId, now())).map(async (row) => ({
        ...viewOf({ modelOf })(row, personId),
        changedBy: await nameOf(row.changedBy),
        note: row.note,
      })),
    )
  }

/**
 * The authenticators of whoever is signed in, and what their browser may tell the devices: what each deed about one of
 * them answers too.
 * @throws Refusal `not_signed_in` when the person is gone since the guard looked
 */
export const listMine =
  (deps: Pick<Deps, 'store' | 'now' | 'findPerson' | 'rpId' | 'modelOf'>) =>
  async (_input: unknown, visit: Visit): Promise<AuthenticatorList> => {
    const { personId, authenticatorId } = visitor(visit)
    const [person, authenticators] = await Promise.all([
      deps.findPerson(personId),
      listOf(deps)(personId, authenticatorId),
    ])
    if (!person) throw new Refusal('not_signed_in')
    return { authenticators, signals: await signalsOf(deps)(person) }
  }
