import { type Now, Refusal, type Transaction, twelveDigits } from '#kernel'
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
 * @throws Refusal `organisation_closed` for somebody new where it is closed
 */
export const affiliate =
  ({ store, now, newNumber = twelveDigits }: Deps) =>
  async (tx: Transaction, personId: string, organisationId: string): Promise<string> => {
    const there = await store.findAffiliation(tx, personId, organisationId)
    if (there) return there
    if (await store.isClosed(tx, organisationId)) throw new Refusal('organisation_closed')
    return underFreeNumber(
      newNumber,
      async (number) =>
        (await store.addAffiliation(tx, number, personId, organisationId, now())) ??
        store.findAffiliation(tx, personId, organisationId),
    )
  }

const heldAlready = 'They have this position at that time already.'

/**
 * Counts somebody who had left as a newcomer to the places where they were: what they were given there before is over, and
 * does not make them leave again.
 */
export const comeBackTo =
  ({ store, now }: Deps) =>
  async (tx: Transaction, personId: string, organisationIds: readonly string[]): Promise<void> =>
    void (await store.affiliateAgain(tx, personId, organisationIds, now()))

/**
 * Puts a person in a position, and at its organisation. The caller records it, and has asked whether it may be.
 * @returns the `person_roleid`
 * @throws Refusal `position_unknown` where it is retired, `organisation_closed`, `assignment_not_so` for whoever has it
 *   at that time already
 */
export const assign =
  ({ store, now, newNumber = twelveDigits }: Deps) =>
  async (tx: Transaction, assignment: NewAssignment): Promise<string> => {
    const position = await store.holdPosition(tx, assignment.positionId)
    if (!position) throw new Error('There is no such position')
    if (position.retired) throw new Refusal('position_unknown', undefined, ['This position is retired.'])
    if (position.closed) throw new Refusal('organisation_closed')
    if (await store.isAssigned(tx, assignment)) throw new Refusal('assignment_not_so', undefined, [heldAlready])
    await affiliate({ store, now, newNumber })(tx, assignment.personId, position.organisationId)
    return underFreeNumber(newNumber, (number) => store.addAssignment(tx, number, assignment, now()))
  }
