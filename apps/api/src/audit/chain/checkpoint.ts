import type { BatchHead } from './hashes.ts'

/** What is signed of a batch. Whoever keeps one elsewhere can tell later whether anything up to it was touched. */
export interface Checkpoint {
  /** The issuer of the service, so that the log of one is not shown for that of another. */
  iss: string
  /** The number of the batch. */
  batch: number
  /** Events of all batches up to it. */
  events: number
  /** The hash of the batch, in hex. */
  hash: string
  /** When it was sealed, ISO 8601. */
  at: string
}

/** The header of a checkpoint. No token has this `typ`, and no checkpoint an audience. */
export const checkpointHeader = { alg: 'ES256', typ: 'fobwatch-audit-checkpoint+jwt' } as const

/** Signs claims with the key that signs now, and names the key in the header: supplied by `app.ts`. */
export type SignCheckpoint = (
  claims: { readonly [name: string]: unknown },
  header: typeof checkpointHeader,
) => Promise<string>

/** What a checkpoint says of a batch. */
export const claimsOf = (iss: string, { number, total, sealedAt }: BatchHead, hash: string): Checkpoint => ({
  iss,
  batch: number,
  events: total,
  hash,
  at: sealedAt,
})
