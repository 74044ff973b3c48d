import type { Outcome } from '#jobs'
import type { Fact } from '#kernel'
import { isAddress } from '#mail'
import { fullName } from '#people'
import type { Deps } from './deps.ts'
import { wordsFor } from './tell-holder-words.ts'

/**
 * Tells the holder of an authenticator by mail what became of it. The address and the name are those of now: the fact
 * itself names nobody.
 * @param send absent where this service has no mail
 * @returns `undeliverable` when there is nobody to tell, or no way
 * @throws Error when the mail was not taken, and may be another time
 */
export const tellHolder =
  ({ store, findPerson, send }: Pick<Deps, 'store' | 'findPerson' | 'send'>) =>
  async (fact: Extract<Fact, { kind: 'authenticator-changed' }>): Promise<Outcome> => {
    if (!send) return { undeliverable: 'this service has no mail' }
    const person = await findPerson(fact.person)
    // Nobody is behind a persona: there is nobody to tell, and nothing is amiss.
    if (person?.sandboxOnly) return 'delivered'
    if (!person?.email || !isAddress(person.email)) return { undeliverable: 'the person has no address' }
    const authenticator = await store.told(fact.authenticator)
    if (!authenticator) return { undeliverable: 'the authenticator is not there' }
    const { change, reason, at } = fact
    const told = { change, reason, at: new Date(at), ...authenticator, holder: fullName(person) }
    await send({ to: person.email, ...wordsFor(told) })
    return 'delivered'
  }
