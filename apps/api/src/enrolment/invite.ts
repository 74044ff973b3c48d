import type { Level } from '#assurance'
import { hashOf, newId, newSecret, type Transaction } from '#kernel'
import type { Deps } from './deps.ts'
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
  lifetimeMinutes: number
  requestId?: string | undefined
}

export interface Issued {
  /** 256 random bits, base64url. Shown once: only its hash is kept. */
  code: string
  expiresAt: Date
}

/** Makes a single-use code for a person to set up a device with, and records that. */
export const invite =
  ({ store, now, record }: Pick<Deps, 'store' | 'now' | 'record'>) =>
  async (
    tx: Transaction,
    { personId, issuedBy, issuedWith = null, issuedAtLevel, how, lifetimeMinutes, requestId }: Invite,
  ): Promise<Issued> => {
    const [id, code, createdAt] = [newId(), newSecret(), now()]
    const maxLevel = mostFor(how, issuedAtLevel)
    const expiresAt = expiryOf(createdAt, lifetimeMinutes)
    await store.add(tx, {
      id,
      codeHash: hashOf(code),
      personId,
      issuedBy,
      issuedWith,
      how,
      maxLevel,
      createdAt,
      expiresAt,
    })
    await record(tx, {
      type: 'invitation-issued',
      actor: issuedBy,
      person: personId,
      requestId,
      details: { invitation: id, how, maxLevel, lifetimeMinutes },
    })
    return { code, expiresAt }
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
