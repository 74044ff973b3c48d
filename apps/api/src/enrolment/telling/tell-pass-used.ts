import type { Outcome } from '#jobs'
import type { Fact } from '#kernel'
import { isAddress } from '#mail'
import { fullName } from '#people'
import type { Deps } from '../deps.ts'
import { passUsedWords } from './words.ts'

/**
 * Tells somebody by mail that a temporary pass of theirs was typed in.
 * @returns `undeliverable` when there is nobody to tell, or no way
 * @throws Error when the mail was not taken, and may be another time
 */
export const tellPassUsed =
  ({ findPerson, send }: Pick<Deps, 'findPerson' | 'send'>) =>
  async ({ person: personId, at }: Extract<Fact, { kind: 'pass-used' }>): Promise<Outcome> => {
    if (!send) return { undeliverable: 'this service has no mail' }
    const person = await findPerson(personId)
    if (!person?.email || !isAddress(person.email)) return { undeliverable: 'the person has no address' }
    await send({ to: person.email, ...passUsedWords({ holder: fullName(person), at: new Date(at) }) })
    return 'delivered'
  }
