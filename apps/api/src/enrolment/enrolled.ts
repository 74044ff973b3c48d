import type { Authenticator, Enrolled } from '@fobwatch/contracts'
import type { Deps } from './deps.ts'
import { missed } from './rules.ts'
import type { Invited } from './store.ts'

/** What the page shows of a device that was set up, and how many ways to log in its person has now. */
export const enrolledOf = async (
  deps: Pick<Deps, 'authenticators'>,
  { personId, device }: Pick<Invited, 'personId' | 'device'>,
  { id, name, kind, model, assuranceLevel, reasons }: Authenticator,
): Promise<Enrolled> => {
  const held = await deps.authenticators.listOf(personId)
  const ways = held.filter(({ status }) => status === 'active').length
  return { id, name, kind, model, assuranceLevel, reasons, ways, planned: missed(device, kind) }
}
