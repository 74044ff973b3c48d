import type { Descriptor } from '#webauthn'
import type { Deps } from './deps.ts'
import type { Described } from './store.ts'

const descriptorOf = ({ credentialId, transports }: Described): Descriptor => ({
  id: credentialId.toString('base64url'),
  type: 'public-key',
  transports,
})

/** What a person can log in with now, for options that ask for exactly these. */
export const descriptorsOf =
  ({ store }: Pick<Deps, 'store'>) =>
  async (personId: string): Promise<Descriptor[]> =>
    (await store.describedOf(personId)).filter(({ status }) => status === 'active').map(descriptorOf)

/** What a person has, paused ones included: nobody gets round a pause by setting the same device up again. */
export const exclusionsOf =
  ({ store }: Pick<Deps, 'store'>) =>
  async (personId: string): Promise<Descriptor[]> =>
    (await store.describedOf(personId)).map(descriptorOf)
