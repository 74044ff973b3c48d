import { type Now, type Transaction, twelveDigits } from '#kernel'
import type { NewAssignment, PositionStore } from './store.ts'

interface Deps {
  store: PositionStore
  now: Now
  /** Where `person_orgid` and `person_roleid` come from. */
  newNumber?: () => string
}

const attempts = 5

/** Asks for a row under one random number after another, until one was free. */
const underFreeNumber = async (
  newNumber: () => string,
  add: (number: string) => Promise<string | undefined>,
): Promise<string> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const id = await add(newNumber())
    if (id) return id
  }
  throw new Error(`No free number in ${attempts} attempts`)
}

/**
 * Puts a person at an organisation; nothing changes when they are there already.
 * @returns the `person_orgid`
 */
export const affiliate =
  ({ store, now, newNumber = twelveDigits }: Deps) =>
  (tx: Transaction, personId: string, organisationId: string): Promise<string> =>
    underFreeNumber(
      newNumber,
      async (number) =>
        (await store.findAffiliation(tx, personId, organisationId)) ??
        store.addAffiliation(tx, number, personId, organisationId, now()),
    )

/**
 * Puts a person in a position, and at its organisation. The caller records it, and has asked whether it may be.
 * @returns the `person_roleid`
 */
export const assign =
  ({ store, now, newNumber = twelveDigits }: Deps) =>
  async (tx: Transaction, assignment: NewAssignment): Promise<string> => {
    const organisationId = await store.organisationOfPosition(tx, assignment.positionId)
    if (!organisationId) throw new Error('There is no such position')
    await affiliate({ store, now, newNumber })(tx, assignment.personId, organisationId)
    return underFreeNumber(newNumber, (number) => store.addAssignment(tx, number, assignment, now()))
  }
