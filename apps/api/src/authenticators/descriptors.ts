import type { Descriptor } from '#webauthn'
import type { Deps } from './deps.ts'
import type { Described } from './store.ts'

export const descriptorOf = ({
  credentialId,
  transports,
}: Pick<Described, 'credentialId' | 'transports'>): Descriptor => ({
  id: credentialId.toString('base64url'),
  type: 'public-key',
  transports,
})

/** Whether a device is to keep it: one that has run out is put away. */
export const isAccepted = ({ status }: Pick<Described, 'status'>): boolean => status !== 'expired'

/**
 * What a person can log in with now, for options that ask for exactly these.
 * @param leastLevel what each of them must be worth
 */
export const descriptorsOf =
  ({ store, now }: Pick<Deps, 'store' | 'now'>) =>
  async (personId: string, leastLevel = 1): Promise<Descriptor[]> =>
    (await store.describedOf(personId, now()))
      .filter(({ status, assuranceLevel }) => status === 'active' && assuranceLevel >= leastLevel)
      .map(descriptorOf)

/**
 * What a person has, paused ones included: nobody gets round a pause by setting the same device up again. One that has run
 * out is set up anew.
 */
export const exclusionsOf =
  ({ store, now }: Pick<Deps, 'store' | 'now'>) =>
  async (personId: string): Promise<Descriptor[]> =>
    (await store.describedOf(personId, now())).filter(isAccepted).map(descriptorOf)
