import { type Static, Type } from 'typebox'
import { canonical, type Json } from '../chain/canonical.ts'
import type { SealedEvent } from '../chain/hashes.ts'

/** The name of the form, which changes when the form does. */
export const exportFormat = 'fobwatch-audit-1'

/** A public key with which checkpoints were signed, a JWK. */
export interface PublicKey {
  readonly [member: string]: Json
  readonly kid: string
}

const closed = { additionalProperties: false } as const
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' })
const stands = { batch: Count, place: Count, leaf: Hash }

/** The lines of an export, by their kind; docs/audit.md describes them for whoever writes a verifier of their own. */
export const lineForms = {
  export: Type.Object(
    {
      kind: Type.Literal('export'),
      format: Type.Literal(exportFormat),
      issuer: Type.String(),
      at: Type.String(),
      personal: Type.Literal('sealed'),
    },
    closed,
  ),
  /** The keys of the service that was asked. A verifier trusts those alone that it was given by another way. */
  keys: Type.Object({ kind: Type.Literal('keys'), keys: Type.Array(Type.Unsafe<PublicKey>(Type.Object({}))) }, closed),
  batch: Type.Object(
    {
      kind: Type.Literal('batch'),
      number: Count,
      previous: Type.Union([Hash, Type.Null()]),
      count: Count,
      total: Count,
      sealedAt: Type.String(),
      hash: Hash,
    },
    closed,
  ),
  event: Type.Object(
    { kind: Type.Literal('event'), ...stands, event: Type.Unsafe<SealedEvent>(Type.Object({})) },
    closed,
  ),
  /** An event that was sealed, and is not there any more. */
  missing: Type.Object({ kind: Type.Literal('missing'), ...stands }, closed),
  checkpoint: Type.Object({ kind: Type.Literal('checkpoint'), batch: Count, jws: Type.String() }, closed),
  /** The last line, so that a file that was cut off by accident is told from a whole one. */
  end: Type.Object({ kind: Type.Literal('end'), batches: Count, events: Count }, closed),
} as const

type Forms = typeof lineForms
export type LineOf<Kind extends keyof Forms> = Static<Forms[Kind]>
export type Line = { [Kind in keyof Forms]: LineOf<Kind> }[keyof Forms]

/** A line as it stands in the file: in the one canonical form, so that no byte of it can be written otherwise. */
export const written = (line: Line): string => `${canonical(line as unknown as Json)}\n`
