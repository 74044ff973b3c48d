import { randomBytes } from 'node:crypto'
import { type Now, seal, type Transaction, unseal } from '#kernel'
import type { PersonalFields } from './events.ts'
import type { AuditStore } from './store.ts'

interface Deps {
  store: AuditStore
  /** 32 bytes, under which the keys of persons are sealed. */
  key: Uint8Array
  now: Now
}

const keyContext = (personId: string) => `personal-key ${personId}`
const fieldsContext = (eventId: string) => `audit-event ${eventId}`

/**
 * Seals fields of an event under the key of its person, which is made on first use.
 * @returns null for a person who has been forgotten: they stay forgotten, so nothing more about them is kept
 */
export const sealFields =
  (deps: Deps) =>
  async (tx: Transaction, personId: string, eventId: string, fields: PersonalFields): Promise<Buffer | null> => {
    const sealedKey = (await deps.store.findKey(personId, tx)) ?? (await makeKey(deps, tx, personId))
    if (sealedKey.length === 0) return null

    const key = unseal(deps.key, sealedKey, keyContext(personId))
    return seal(key, Buffer.from(JSON.stringify(fields)), fieldsContext(eventId))
  }

const makeKey = async (deps: Deps, tx: Transaction, personId: string): Promise<Buffer> => {
  await deps.store.addKey(tx, personId, seal(deps.key, randomBytes(32), keyContext(personId)), deps.now())
  const sealedKey = await deps.store.findKey(personId, tx)
  if (!sealedKey) throw new Error('The key of a person vanished while it was being made')
  return sealedKey
}

/** Sealed fields, of which event, about whom. */
export interface SealedFields {
  id: string
  person: string | null
  personal: Buffer | null
}

/**
 * Opens the sealed fields of events.
 * @returns a function from an event to its fields: null where there are none, and where the person has been forgotten
 */
export const fieldsOpener = async (deps: Pick<Deps, 'store' | 'key'>, personIds: readonly string[]) => {
  const rows = await deps.store.findKeys(personIds)
  const kept = rows.filter(({ sealedKey }) => sealedKey.length > 0)
  const keys = new Map(
    kept.map(({ person, sealedKey }) => [person, unseal(deps.key, sealedKey, keyContext(person))] as const),
  )
  return ({ id, person, personal }: SealedFields): PersonalFields | null => {
    const key = person === null ? undefined : keys.get(person)
    return key && personal ? JSON.parse(unseal(key, personal, fieldsContext(id)).toString()) : null
  }
}
