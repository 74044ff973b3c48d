import { createHash } from 'node:crypto'
import { canonical, type Json } from './canonical.ts'

/** All that an event says, in the form that is hashed and exported. */
export interface SealedEvent {
  readonly [member: string]: Json
  /** The number that the database gave it. */
  readonly seq: number
  readonly id: string
  /** ISO 8601 in UTC, to the millisecond: when it happened by the clock of the service, and by that of the database. */
  readonly at: string
  readonly storedAt: string | null
  readonly type: string
  readonly outcome: string
  readonly actor: string | null
  readonly person: string | null
  readonly client: string | null
  readonly requestId: string | null
  readonly details: { readonly [member: string]: Json }
  /** Sealed under the key of its person, base64url: erasing the person destroys the key, and no byte of this. */
  readonly personal: string | null
}

/** What a batch says of itself, beside the events that it holds. */
export interface BatchHead {
  readonly [member: string]: Json
  /** Batches are numbered from 1 without a gap. */
  readonly number: number
  /** The hash of the batch before, in hex; null for the first. */
  readonly previous: string | null
  /** How many events it holds, and how many all batches up to it hold. */
  readonly count: number
  readonly total: number
  readonly sealedAt: string
}

// Named before the content, so that the hash of one can never be shown as that of the other.
const eventDomain = 'fobwatch audit event 1\n'
const batchDomain = 'fobwatch audit batch 1\n'

/** The hash of an event: 32 bytes. */
export const leafOf = (event: Json): Buffer =>
  createHash('sha256').update(eventDomain).update(canonical(event)).digest()

/** Hashes a batch as its leaves come, in their order, so that none need be kept. */
export const batchHasher = ({ number, previous, count, total, sealedAt }: BatchHead) => {
  const head = canonical({ number, previous, count, total, sealedAt })
  const hash = createHash('sha256').update(batchDomain).update(head).update('\n')
  return {
    add: (leaf: Uint8Array): void => void hash.update(leaf),
    /** 32 bytes. */
    digest: (): Buffer => hash.digest(),
  }
}
