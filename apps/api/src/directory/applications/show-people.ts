import { createHash } from 'node:crypto'
import type { AskPeople, DirectoryPeople, DirectoryPerson } from '@fobwatch/contracts'
import type { RecordEvent } from '#audit'
import { applicationOf, type Visit } from '#http'
import { type InTransaction, Refusal } from '#kernel'
import { type Deps as FindDeps, type Found, findForApplication } from './find-people.ts'

interface Deps extends FindDeps {
  record: RecordEvent
  inTransaction: InTransaction
}

/** Everybody who was found is recorded as read, by whom and with what outcome; there is nobody to record for the unknown. */
const recordReadings = ({ record, inTransaction }: Deps, visit: Visit, found: readonly Found[]): Promise<void> =>
  inTransaction(async (tx) => {
    for (const each of found)
      if (each.kind !== 'unknown')
        await record(tx, {
          type: 'directory-read',
          person: each.personId,
          client: applicationOf(visit).clientId,
          requestId: visit.requestId,
          details: { status: each.kind === 'there' ? each.person.status : 'closed' },
        })
  })

const etagOf = (body: object): string =>
  `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22)}"`

/** Whether a header such as `If-None-Match` names this version (RFC 9110 §13.1.2). */
const names = (header: string | undefined, etag: string): boolean =>
  header?.split(',').some((each) => each.trim().replace(/^W\//, '') === etag) ?? false

/**
 * Shows a person to an application. It may keep the answer for itself and has to ask each time whether it still holds, so
 * that nobody who has left is there for another minute; asking is reading, and is recorded as such.
 * @throws Refusal `person_closed`; `not_found` for whom nobody knows, or this application is not to meet
 */
export const showPersonToApplication =
  (deps: Deps) =>
  async ({ staffId }: { staffId: string }, visit: Visit): Promise<DirectoryPerson> => {
    const found = await findForApplication(deps)(staffId, applicationOf(visit))
    await recordReadings(deps, visit, [found])
    if (found.kind === 'unknown') throw new Refusal('not_found')
    if (found.kind === 'closed') throw new Refusal('person_closed')
    const { request, reply } = visit.raw
    const etag = etagOf(found.person)
    reply.header('cache-control', 'private, no-cache').header('etag', etag)
    if (names(request.headers['if-none-match'], etag)) reply.status(304)
    return found.person
  }

/** Shows several people to an application, at most 100 at once. */
export const showPeopleToApplication =
  (deps: Deps) =>
  async ({ staffIds }: AskPeople, visit: Visit): Promise<DirectoryPeople> => {
    const application = applicationOf(visit)
    const found: (Found & { staffId: string })[] = []
    for (const staffId of staffIds) found.push({ staffId, ...(await findForApplication(deps)(staffId, application)) })
    await recordReadings(deps, visit, found)
    const idsOf = (kind: Found['kind']) => found.flatMap((each) => (each.kind === kind ? [each.staffId] : []))
    return {
      people: found.flatMap((each) => (each.kind === 'there' ? [each.person] : [])),
      closed: idsOf('closed'),
      unknown: idsOf('unknown'),
    }
  }
