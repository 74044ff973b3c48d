import { applicationOf, type Visit } from '#http'
import { isRefusal, Refusal, type Transaction } from '#kernel'
import type { Origin } from '#people'
import type { ScimDeps } from './deps.ts'
import type { FedPerson, Feed, FeedStore } from './store.ts'
import { etagOf } from './view.ts'

/** Who does it, for the audit: the application, and nobody of ours. */
export const originOf = (visit: Visit): Origin => ({
  client: applicationOf(visit).clientId,
  requestId: visit.requestId,
})

/**
 * The organisation that the application at the door feeds.
 * @throws Refusal `scope_needed` where its registration names none that is here
 */
export const feedOf = async (store: FeedStore, visit: Visit, tx?: Transaction): Promise<Feed> => {
  const { feedOrganisation } = applicationOf(visit)
  const feed = feedOrganisation ? await store.findFeed(feedOrganisation, tx) : undefined
  if (feed) return feed
  throw new Refusal('scope_needed', new Error('The client feeds no organisation'))
}

/**
 * Looks again, inside the deed's own transaction: the guard looked before the request was read, which may take its time, and
 * the application may be disabled since, or feed elsewhere.
 * @throws Refusal `scope_needed`
 */
const requireFeeding = async ({ store }: ScimDeps, tx: Transaction, visit: Visit, feed: Feed): Promise<void> => {
  if (await store.holdFeeder(tx, applicationOf(visit).clientId, feed)) return
  throw new Refusal('scope_needed', new Error('The client was disabled or changed meanwhile'))
}

/**
 * Does a deed of a feed in one transaction, one after another for each organisation, and records by itself what is refused.
 * @param staffId whom it is about, where it is about somebody who is there: they are held until the transaction ends, or else
 *   all who would bring somebody new
 * @throws Refusal as `feedOf` and `requireFeeding`, and as the deed does; `unavailable` where many wait, or it waits for long
 */
export const deedOfFeed = <T>(
  deps: ScimDeps,
  visit: Visit,
  staffId: string | undefined,
  deed: (tx: Transaction, feed: Feed) => Promise<T>,
): Promise<T> =>
  // Outside of what is recorded: whoever finds too many waiting would leave an event each time.
  deps.inTurn(applicationOf(visit).feedOrganisation ?? '', async () => {
    try {
      return await deps.inTransaction(async (tx) => {
        const feed = await feedOf(deps.store, visit, tx)
        // An operator who disables the application waits for no longer than this deed waits for others.
        await deps.store.waitBriefly(tx)
        // The application last: an operator who disables it holds themselves first, and waits for one deed and not for a queue.
        await deps.store.lockFeed(tx, feed)
        await (staffId === undefined ? deps.lockNewPeople(tx) : deps.store.lockPerson(tx, staffId))
        await requireFeeding(deps, tx, visit, feed)
        return deed(tx, feed)
      })
    } catch (error) {
      if (isRefusal(error)) await recordRefusal(deps, visit, staffId, error)
      throw error
    }
  })

const recordRefusal = async (deps: ScimDeps, visit: Visit, staffId: string | undefined, { code }: Refusal) => {
  const person = staffId === undefined ? undefined : await deps.people.findPersonByStaffId(staffId)
  await deps.recordAlone({
    ...{ type: 'feed-refused', outcome: 'refused', person: person?.id ?? null, ...originOf(visit) },
    details: { api: 'scim', why: code === 'not_found' && person ? 'outside' : code },
  })
}

const reasons = {
  duty: 'They hold a duty of the registration authority: the desk changes them.',
  elsewhere: 'They work at another organisation too: the desk changes them.',
}

/**
 * What a feed may change of somebody: nothing of whoever holds a duty of the registration authority, since whoever has the
 * secret of an HR system would have the desk; and nothing of whoever works elsewhere too, since it is theirs as well.
 * @throws Refusal `not_allowed`
 */
export const requireMayChange = async (
  deps: ScimDeps,
  tx: Transaction,
  feed: Feed,
  personId: string,
): Promise<void> => {
  const { duty, elsewhere } = await deps.store.handsOff(tx, feed, personId, deps.now())
  if (duty) throw new Refusal('not_allowed', undefined, [reasons.duty])
  if (elsewhere) throw new Refusal('not_allowed', undefined, [reasons.elsewhere])
}

/** Whether a header names this version (RFC 9110 §13.1): weak ones are compared as they are, since all of ours are. */
export const namesVersion = (header: string | undefined, person: FedPerson): boolean =>
  header?.split(',').some((each) => each.trim() === '*' || each.trim() === etagOf(person)) ?? false

/**
 * A person of the feed, whom `deedOfFeed` holds.
 * @throws Refusal `not_found`; `precondition_failed` when they are at another version than somebody looked at
 */
export const takePerson = async (
  deps: ScimDeps,
  tx: Transaction,
  feed: Feed,
  staffId: string,
  visit: Visit,
): Promise<FedPerson> => {
  const person = await deps.store.find(feed, deps.now(), staffId, tx)
  if (!person) throw new Refusal('not_found')
  const ifMatch = visit.raw.request.headers['if-match']
  if (ifMatch !== undefined && !namesVersion(ifMatch, person)) throw new Refusal('precondition_failed')
  return person
}
