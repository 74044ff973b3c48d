import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Metadata } from './model.ts'
import { readEntry } from './read-entry.ts'
import { readJson } from './read-json.ts'
import { type Publisher, verifyBlob } from './verify-blob.ts'

/** Of the payload, what holds for the blob as a whole (FIDO Metadata Service v3 §3.1.6). */
const Payload = Type.Object({
  no: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
  nextUpdate: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  entries: Type.Array(Type.Unknown()),
})

/**
 * Verifies a blob of the FIDO Metadata Service (v3 §3.2) and reads it. Entries without an AAGUID are left out, and so
 * are those that cannot be read: what nobody understands makes no trust.
 * @param jwt in compact form
 * @throws Error with a sentence, when the blob is not the publisher's, or is none
 */
export const readBlob = async (jwt: string, publisher: Publisher): Promise<Metadata> => {
  const { no, nextUpdate, entries } = payloadOf(await verifyBlob(jwt, publisher))
  const day = new Date(nextUpdate)
  if (Number.isNaN(day.getTime())) throw new Error('The metadata names a day for its next update that is none.')
  const models = entries.map(readEntry).filter((model) => model !== undefined)
  return { number: no, nextUpdate: day, models: new Map(models) }
}

const payloadOf = (bytes: Buffer): Static<typeof Payload> => {
  const payload = readJson(bytes)
  if (!Value.Check(Payload, payload)) throw new Error('The metadata lacks its number, its next update or its entries.')
  return payload
}
