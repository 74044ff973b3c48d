import type { Visit } from '#http'
import { Refusal } from '#kernel'
import { feedOf, namesVersion, originOf } from './deed-of-feed.ts'
import type { ScimDeps } from './deps.ts'
import { project } from './project.ts'
import type { FedPerson } from './store.ts'
import { etagOf, locationOf, type ScimUser, userOf } from './view.ts'

/** Which attributes are asked for. */
export interface Projection {
  attributes?: string | undefined
  excludedAttributes?: string | undefined
}

/** @throws Refusal `not_found` for whoever is not of the feed */
export const showTo = async (deps: ScimDeps, visit: Visit, staffId: string): Promise<FedPerson> => {
  const person = await deps.store.find(await feedOf(deps.store, visit), deps.now(), staffId)
  if (!person) throw new Refusal('not_found')
  return person
}

/** A person as an answer, with what its headers say of it (RFC 7644 §3.3, §3.14). */
export const present = ({ base }: ScimDeps, visit: Visit, person: FedPerson, projection: Projection = {}): ScimUser => {
  visit.raw.reply.header('etag', etagOf(person)).header('location', locationOf(base, person.staffId))
  return project(userOf(base, person), projection)
}

/**
 * Shows a feed a person of its organisation, which is recorded.
 * @throws Refusal `not_found` for anybody else, whether they are there or not
 */
export const showUser =
  (deps: ScimDeps) =>
  async ({ id, ...projection }: { id: string } & Projection, visit: Visit): Promise<ScimUser> => {
    const person = await showTo(deps, visit, id)
    await deps.recordAlone({ type: 'feed-read', person: person.personId, ...originOf(visit), details: { count: 1 } })
    if (namesVersion(visit.raw.request.headers['if-none-match'], person)) visit.raw.reply.status(304)
    return present(deps, visit, person, projection)
  }
