import { applicationOf, type Visit } from '#http'
import { Refusal, type Transaction } from '#kernel'
import type { Said } from './attributes.ts'
import { deedOfFeed, originOf } from './deed-of-feed.ts'
import type { ScimDeps } from './deps.ts'
import { readFacts } from './read-facts.ts'
import { refuseValue } from './refuse.ts'
import { present, showTo } from './show-user.ts'
import type { Feed } from './store.ts'
import { checkSaid, requireNames } from './values.ts'
import type { ScimUser } from './view.ts'

/** The organisation that somebody is to be at: the feed's own, or one below it. */
const organisationFor = async ({ access }: ScimDeps, tx: Transaction, feed: Feed, code: string | null | undefined) => {
  if (!code || code === feed.code) return feed.organisationId
  const organisation = await access.findOrganisation(code, tx)
  if (organisation && feed.reach.includes(organisation.id)) return organisation.id
  return refuseValue('organization', `must be ${feed.code}, or an organisation below it`)
}

/** What the HR system of an organisation calls somebody is unique within that organisation. */
export const externalIdOf = (feed: Feed, externalId: string | null | undefined): string | null =>
  externalId ? `${feed.code}:${externalId}` : null

/** Whoever is likely there already is not made again: the desk sees who it is, and a feed is not told. */
const requireNobodyLike = async (deps: ScimDeps, tx: Transaction, feed: Feed, said: Said & { userName: string }) => {
  await deps.store.freeUserName(tx, feed, said.userName)
  if (await deps.store.isUserNameTaken(tx, feed, deps.now(), said.userName, null))
    throw new Refusal('identifier_taken', undefined, ['Somebody has this userName.'])
  const newcomer = {
    ...{ givenName: said.givenName ?? '', familyName: said.familyName ?? '' },
    ...{ birthDate: said.birthDate ?? null, email: said.email ?? null },
    externalId: externalIdOf(feed, said.externalId),
  }
  if ((await deps.countLikely(tx, newcomer)) > 0)
    throw new Refusal('person_similar', undefined, ['The desk can say whether they are, and add them.'])
}

/**
 * Makes a person whom an HR system brings. Their identity is proved to nobody yet: it is at level 1, and no feed raises it.
 * @throws Refusal `value_invalid`; `identifier_taken`, `person_similar` and `external_id_taken`, which are 409 uniqueness
 */
export const createUser =
  (deps: ScimDeps) =>
  async (body: Readonly<Record<string, unknown>>, visit: Visit): Promise<ScimUser> => {
    applicationOf(visit)
    const said = checkSaid(readFacts(body))
    const names = requireNames(said)
    const origin = originOf(visit)
    const staffId = await deedOfFeed(deps, visit, undefined, async (tx, feed) => {
      const organisationId = await organisationFor(deps, tx, feed, said.organisation)
      await requireNobodyLike(deps, tx, feed, { ...said, ...names })
      const { title, middleNames, birthDate, email, phone } = said
      const details = { ...names, title, middleNames, birthDate, email, phone }
      const externalId = externalIdOf(feed, said.externalId)
      const person = await deps.people.addPerson(tx, { ...details, externalId, identityLevel: 1 }, origin)
      await deps.access.affiliate(tx, person.id, organisationId)
      const { employeeNumber = null, department = null } = said
      await deps.store.keep(tx, feed, person.id, { userName: names.userName, employeeNumber, department }, deps.now())
      if (said.active === false) await deps.suspendPerson(tx, person.id, origin)
      return person.staffId
    })
    return present(deps, visit, await showTo(deps, visit, staffId))
  }
