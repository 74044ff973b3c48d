import type { Channel, PlannedDevice } from '@fobwatch/contracts'
import type { Level } from '#assurance'
import { hashOf, newId, newSecret, Refusal, type Transaction } from '#kernel'
import { isAddress } from '#mail'
import { shortCodeHash } from './codes/enter-code.ts'
import { newShortCode } from './codes/short-code.ts'
import type { Deps } from './deps.ts'
import { mailedCode, markOfAddress } from './mailed-code.ts'
import { expiryOf, mostFor } from './rules.ts'
import type { HowIssued } from './store.ts'

export interface Invite {
  personId: string
  /** Who issues it (a person's row id); nobody when the service itself does. */
  issuedBy: string | null
  /** What they had logged in with (an authenticator's row id); the link goes when it goes. */
  issuedWith?: string | null
  /** The level of the session in which they do; what is set up with the link is worth no more. */
  issuedAtLevel?: Level
  how: HowIssued
  /** A link unless said. */
  channel?: Channel | undefined
  device?: PlannedDevice | null | undefined
  lifetimeMinutes: number
  /** Whether its person is mailed the link, which is in no answer then. */
  byMail?: boolean | undefined
  requestId?: string | undefined
}

export interface Issued {
  id: string
  /** Of a link 256 random bits, base64url; of a code or a pass eight characters. Shown once: only its hash is kept. */
  code: string
  expiresAt: Date
}

type Inviting = Pick<Deps, 'store' | 'now' | 'record' | 'publish' | 'findPerson' | 'codeKey' | 'send'>

/** Makes what is handed over, and what is kept of it. */
const makeCode = async ({ findPerson, codeKey, send }: Inviting, id: string, asked: Invite) => {
  const { personId, channel = 'link', byMail = false } = asked
  if (channel === 'link' && !byMail) {
    const code = newSecret()
    return { code, codeHash: hashOf(code) }
  }
  const person = await findPerson(personId)
  if (!person) throw new Error('An invitation for nobody')
  if (byMail) {
    if (!send || !person.email || !isAddress(person.email)) throw new Refusal('no_mail')
    const code = mailedCode(codeKey, id)
    return { code, codeHash: hashOf(code), address: markOfAddress(codeKey, id, person.email) }
  }
  const code = newShortCode()
  return { code, codeHash: shortCodeHash(codeKey, person.staffId, code) }
}

/**
 * Makes a single-use link, short code or temporary pass for a person to set up a device with, and records that. A link
 * that is mailed goes out with the deed, once that is stored.
 * @throws Refusal `no_mail` where it is to be mailed and cannot be
 */
export const invite =
  (deps: Inviting) =>
  async (tx: Transaction, asked: Invite): Promise<Issued> => {
    const { personId, issuedBy, issuedWith = null, issuedAtLevel, how, lifetimeMinutes, requestId } = asked
    const { channel = 'link', device = null, byMail: mailed = false } = asked
    const [id, createdAt] = [newId(), deps.now()]
    const { code, codeHash, address } = await makeCode(deps, id, asked)
    const maxLevel = mostFor(how, issuedAtLevel)
    const expiresAt = expiryOf(createdAt, lifetimeMinutes)
    await deps.store.add(tx, {
      ...{ id, codeHash, personId, issuedBy, issuedWith, how, maxLevel, createdAt, expiresAt },
      ...{ channel, device, mailed },
    })
    await deps.record(tx, {
      type: 'invitation-issued',
      actor: issuedBy,
      person: personId,
      requestId,
      details: { invitation: id, how, maxLevel, lifetimeMinutes, channel, device, mailed },
    })
    if (address) await deps.publish(tx, { kind: 'invitation-mailed', invitation: id, person: personId, address })
    return { id, code, expiresAt }
  }

/**
 * Voids a person's open invitations, so that only what is made after it works, and records that if there were any.
 * @returns how many
 */
export const voidInvitations =
  ({ store, now, record }: Pick<Deps, 'store' | 'now' | 'record'>) =>
  async (tx: Transaction, personId: string, by: { actor?: string; requestId?: string } = {}): Promise<number> => {
    const voided = await store.voidOpen(tx, personId, now())
    if (voided > 0)
      await record(tx, { type: 'invitations-voided', ...by, person: personId, details: { count: voided } })
    return voided
  }
