import type { Failure } from '@fobwatch/contracts'
import type { BrowserLike } from '@fobwatch/testkit'
import { newId } from '#kernel'
import type { Person } from '#people'
import { enrol, issuer, signInHere, sql, type TestService } from '../../service.testing.ts'
import { addAt, putAt } from '../desk.testing.ts'

export const nurse = 'S8000:G8000:R8001'
export const clerk = 'S8001:G8002:R8008'

/** Somebody at the desk, logged in. */
export interface Agent {
  person: Person
  browser: BrowserLike
}

/** Adds somebody with a duty at an organisation, logged in. */
export const withDuty = async (service: TestService, dutyCode: string, organisationId: string): Promise<Agent> => {
  const person = await addAt(service, organisationId, { givenName: 'Duty', familyName: dutyCode })
  await putAt(service, person.id, organisationId, { dutyCode })
  return { person, browser: await signInHere(service, (await enrol(service, person.id)).device) }
}

/** Adds a position. @returns its id */
export const addPositionAt = (
  { store, rooms }: TestService,
  organisationId: string,
  what: { name?: string; roleCode?: string; dutyCode?: string; openedToSponsors?: boolean },
): Promise<string> =>
  store.inTransaction((tx) => rooms.access.addPosition(tx, { organisationId, name: `Position ${newId()}`, ...what }))

/** Asks as a browser does, by any method. */
export const ask = async <T = Failure>(
  { app }: TestService,
  { browser }: Pick<Agent, 'browser'>,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH',
  path: string,
  payload?: object,
) => {
  const answer = await app.inject({
    ...{ method, url: path },
    headers: { host: new URL(issuer).host, origin: issuer, cookie: browser.cookieHeader(`${issuer}${path}`) },
    ...(payload && { payload }),
  })
  const body = (answer.body ? answer.json() : undefined) as T
  const refused = answer.statusCode >= 400 ? `${answer.statusCode} ${(body as Failure).error}` : undefined
  return { status: answer.statusCode, body, refused }
}

/** The last thing that was recorded of what somebody did. */
export const lastEventBy = async (service: TestService, { person }: Pick<Agent, 'person'>) =>
  (
    await sql<{ type: string; outcome: string; details: Record<string, unknown> }>(
      service,
      'select type, outcome, details from audit_event where actor = $1 order by seq desc limit 1',
      person.id,
    )
  )[0]
