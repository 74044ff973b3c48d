import type { Outcome } from '#jobs'
import type { Fact } from '#kernel'
import { isAddress } from '#mail'
import type { Deps } from '../deps.ts'
import { mailedCode, markOfAddress } from '../mailed-code.ts'
import { linkAddress, stateOf } from '../rules.ts'
import { invitedWords } from './words.ts'

type Mailing = Pick<Deps, 'store' | 'now' | 'findPerson' | 'organisationsOf' | 'send' | 'issuer' | 'codeKey'>

/**
 * Mails somebody the link to set up a device that the desk has made for them. The name is that of now, and so is the address;
 * but where that is no more the one for which the link was made, nobody at the desk saw where it would go, and it stays.
 * @returns `undeliverable` when there is no way to
 * @throws Error when the mail was not taken, and may be another time
 */
export const tellInvited =
  (deps: Mailing) =>
  async ({ invitation: id, address }: Extract<Fact, { kind: 'invitation-mailed' }>): Promise<Outcome> => {
    if (!deps.send) return { undeliverable: 'this service has no mail' }
    const invitation = await deps.store.findById(id, deps.now())
    if (!invitation || stateOf(invitation, deps.now()) !== 'open')
      return { undeliverable: 'the link is not open any more' }
    const { personId, device, expiresAt } = invitation
    const person = await deps.findPerson(personId)
    if (!person?.email || !isAddress(person.email)) return { undeliverable: 'the person has no address' }
    if (address !== markOfAddress(deps.codeKey, id, person.email))
      return { undeliverable: 'the person has another address by now' }
    const [organisation] = await deps.organisationsOf(personId)
    const link = linkAddress(deps.issuer, mailedCode(deps.codeKey, id))
    const words = invitedWords({ ...person, employer: organisation?.name, device, until: expiresAt, link })
    await deps.send({ to: person.email, ...words })
    return 'delivered'
  }
