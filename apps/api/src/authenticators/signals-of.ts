import type { Signals } from '@fobwatch/contracts'
import { fullName, type Person } from '#people'
import type { Deps } from './deps.ts'
import { isAccepted } from './descriptors.ts'

/** What authenticators are told that a person is called, when one is set up and ever after. */
export const userOf = (person: Person): { name: string; displayName: string } => ({
  name: person.email ?? fullName(person),
  displayName: fullName(person),
})

/** What a browser may tell the devices of a person, as it stands (WebAuthn L3 §5.1.10). */
export const signalsOf =
  ({ store, now, rpId }: Pick<Deps, 'store' | 'now' | 'rpId'>) =>
  async (person: Person): Promise<Signals> => ({
    rpId,
    userId: Buffer.from(person.userHandle).toString('base64url'),
    ...userOf(person),
    credentialIds: (await store.describedOf(person.id, now()))
      .filter(isAccepted)
      .map(({ credentialId }) => credentialId.toString('base64url')),
  })
