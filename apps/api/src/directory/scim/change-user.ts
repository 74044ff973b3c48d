import type { Visit } from '#http'
import { Refusal, type Transaction } from '#kernel'
import type { Facts, Field, Said } from './attributes.ts'
import { externalIdOf } from './create-user.ts'
import { deedOfFeed, originOf, requireMayChange, takePerson } from './deed-of-feed.ts'
import { pausedByFeed, type ScimDeps } from './deps.ts'
import { readPatch } from './patch.ts'
import { readFacts } from './read-facts.ts'
import { present, showTo } from './show-user.ts'
import type { FedPerson, Feed } from './store.ts'
import { checkSaid, requireNames } from './values.ts'
import type { ScimUser } from './view.ts'

type Body = Readonly<Record<string, unknown>>

const factsOf = (person: FedPerson): Facts => ({ ...person, active: person.status === 'active' })

/** What is said, less what is so already. */
const newsOf = (person: FedPerson, said: Said): Said => {
  const known = factsOf(person)
  return Object.fromEntries(Object.entries(said).filter(([field, value]) => known[field as Field] !== value))
}

/** What cannot be taken away, or cannot be changed by a feed. */
const requireChangeable = (person: FedPerson, news: Said): void => {
  // Whom the desk paused, for a reason that no HR system knows, nobody starts again by sending what they send every night.
  if (news.active === true && person.because !== pausedByFeed)
    throw new Refusal('not_allowed', undefined, ['The desk paused them, and starts them again.'])
  if (news.organisation !== undefined)
    throw new Refusal('not_changeable', undefined, ['Positions say where somebody works: the desk changes them.'])
  if (news.userName === null || news.active === null) throw new Refusal('not_changeable')
}

const details = ['title', 'givenName', 'middleNames', 'familyName', 'birthDate', 'email', 'phone'] as const

const changeDetails = async (
  deps: ScimDeps,
  tx: Transaction,
  feed: Feed,
  person: FedPerson,
  news: Said,
  visit: Visit,
) => {
  const changed = Object.fromEntries(details.flatMap((field) => (field in news ? [[field, news[field]]] : [])))
  const external = 'externalId' in news ? { externalId: externalIdOf(feed, news.externalId) } : {}
  const changes = { ...changed, ...external }
  if (Object.keys(changes).length > 0)
    await deps.people.changePerson(tx, { personId: person.personId, changes }, originOf(visit))
}

const changeFed = async (deps: ScimDeps, tx: Transaction, feed: Feed, person: FedPerson, news: Said) => {
  if (!['userName', 'employeeNumber', 'department'].some((field) => field in news)) return
  const { userName, employeeNumber, department } = { ...person, ...news }
  if (news.userName) {
    await deps.store.freeUserName(tx, feed, news.userName)
    if (await deps.store.isUserNameTaken(tx, feed, deps.now(), news.userName, person.personId))
      throw new Refusal('identifier_taken', undefined, ['Somebody has this userName.'])
  }
  await deps.store.keep(tx, feed, person.personId, { userName, employeeNumber, department }, deps.now())
}

const changeStatus = async (
  deps: ScimDeps,
  tx: Transaction,
  { personId }: FedPerson,
  { active }: Said,
  visit: Visit,
) => {
  if (active === false) await deps.suspendPerson(tx, personId, originOf(visit))
  if (active === true) await deps.reinstatePerson(tx, personId, originOf(visit))
}

/** Makes somebody what a feed says that they are; where that is so already nothing is changed, recorded or refused. */
const changeTo = async (deps: ScimDeps, visit: Visit, staffId: string, said: Said): Promise<ScimUser> => {
  await deedOfFeed(deps, visit, staffId, async (tx, feed) => {
    const person = await takePerson(deps, tx, feed, staffId, visit)
    const news = newsOf(person, said)
    if (Object.keys(news).length === 0) return
    requireChangeable(person, news)
    requireNames({ ...factsOf(person), ...news })
    await requireMayChange(deps, tx, feed, person.personId)
    await changeDetails(deps, tx, feed, person, news, visit)
    await changeFed(deps, tx, feed, person, news)
    await changeStatus(deps, tx, person, news, visit)
  })
  return present(deps, visit, await showTo(deps, visit, staffId))
}

/** What a user that is written whole says of each thing: what is left out is taken away (RFC 7644 §3.5.1). */
const nothing: Said = {
  ...{ externalId: null, title: null, middleNames: null, email: null, phone: null },
  ...{ employeeNumber: null, department: null },
}

/**
 * Puts a user in the place of the one there is. Whether they are active, where they work and when they were born stays as it
 * is where nothing is said of it.
 * @throws Refusal as `patchUser` does
 */
export const replaceUser =
  (deps: ScimDeps) =>
  async ({ id, ...body }: Body & { id: string }, visit: Visit): Promise<ScimUser> => {
    const said = checkSaid(readFacts(body))
    requireNames(said)
    const stays = Object.entries(said).filter(
      ([field, value]) => value !== null || !['active', 'organisation', 'birthDate'].includes(field),
    )
    return changeTo(deps, visit, id, { ...nothing, ...Object.fromEntries(stays) })
  }

/**
 * Changes what operations name of a user (RFC 7644 §3.5.2).
 * @throws Refusal `value_invalid`, `path_invalid`, `target_missing`; `not_found`; `precondition_failed`; `not_changeable`;
 *   `not_allowed` for whom a feed does not touch; `identifier_taken`, `external_id_taken`
 */
export const patchUser =
  (deps: ScimDeps) =>
  async ({ id, ...body }: Body & { id: string }, visit: Visit): Promise<ScimUser> =>
    changeTo(deps, visit, id, checkSaid(readPatch(body)))

/**
 * Closes a person's profile, with all that hangs on it. For the feed nobody is there any more; the desk can bring them back.
 * @throws Refusal `not_found`; `precondition_failed`; `not_allowed` for whom a feed does not touch
 */
export const deleteUser =
  (deps: ScimDeps) =>
  async ({ id }: { id: string }, visit: Visit): Promise<void> => {
    await deedOfFeed(deps, visit, id, async (tx, feed) => {
      const { personId } = await takePerson(deps, tx, feed, id, visit)
      await requireMayChange(deps, tx, feed, personId)
      await deps.closePerson(tx, personId, originOf(visit))
    })
  }
