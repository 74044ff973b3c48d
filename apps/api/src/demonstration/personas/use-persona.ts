import type { AuthenticationResponse, PersonaList, UsePersona } from '@fobwatch/contracts'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import { assertWith, passkeyOf } from './passkey.ts'
import { emailOfPersona, familyName, personas } from './personas.ts'

/** Everybody whom a tester can be. */
export const listPersonas =
  ({ store }: Pick<Deps, 'store'>) =>
  async (): Promise<PersonaList> => {
    const people = await store.findByEmail(personas.map(emailOfPersona))
    return {
      personas: personas.flatMap((persona) => {
        const person = people.find(({ email }) => email === emailOfPersona(persona))
        if (!person) return []
        const { key, givenName, identityLevel, devices, positions } = persona
        const name = `${givenName} ${familyName}`
        return [
          {
            persona: key,
            name,
            staffId: person.staffId,
            identityLevel,
            devices: [...devices],
            roles: positions.length,
          },
        ]
      }),
    }
  }

/**
 * Answers a challenge of signing in, as the persona's device would. The answer is worth what any answer is: it goes the way
 * of all, and logs in to sandbox applications only.
 * @throws Refusal `not_found` for a persona, or a device of one, that is not there
 */
export const usePersona =
  ({ store, personaKey, issuer, rpId }: Pick<Deps, 'store' | 'personaKey' | 'issuer' | 'rpId'>) =>
  async ({ persona: key, challenge, device }: UsePersona & { persona: string }): Promise<AuthenticationResponse> => {
    const persona = personas.find((each) => each.key === key)
    const used = device ?? persona?.devices[0]
    if (!persona || !used || !persona.devices.includes(used)) throw new Refusal('not_found')
    const userHandle = await store.userHandleOf(emailOfPersona(persona))
    if (!userHandle) throw new Refusal('not_found')
    return assertWith(passkeyOf(personaKey, key, used), { challenge, origin: issuer, rpId, userHandle })
  }
