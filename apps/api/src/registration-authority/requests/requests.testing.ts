import type { DeskRequests, Failure, RaisedRequest, RaiseRequest } from '@fobwatch/contracts'
import type { BrowserLike, Page } from '@fobwatch/testkit'
import type { NewPerson, Person } from '#people'
import { enrol, signInHere, type TestService } from '../../service.testing.ts'
import { addAt, putAt } from '../desk.testing.ts'

/** Somebody with a duty, signed in. */
export interface Agent {
  person: Person
  browser: BrowserLike
  authenticatorId: string
  /** The person_roleid of their duty. */
  held: string
}

/** Adds somebody with a duty at an organisation, signed in to the desk. */
export const addAgent = async (
  service: TestService,
  dutyCode: string,
  organisationId: string,
  names: Partial<NewPerson> = {},
): Promise<Agent> => {
  const person = await addAt(service, organisationId, { givenName: 'Duty', familyName: dutyCode, ...names })
  const held = await putAt(service, person.id, organisationId, { dutyCode })
  const { device, enrolled } = await enrol(service, person.id)
  return { person, browser: await signInHere(service, device), authenticatorId: enrolled.id, held }
}

/** What an answer says: `200`, or the status and the refusal. */
export const saying = (page: Page): string =>
  page.status < 300 ? `${page.status}` : `${page.status} ${page.json<Failure>().error}`

/** The requests of the desk, as a browser asks for them. */
export const requestsAs = ({ browser }: Pick<Agent, 'browser'>) => {
  const at = (id: string, deed = '') => `/api/desk/requests/${id}${deed && `/${deed}`}`
  return {
    raise: (body: RaiseRequest | object) => browser.postJson('/api/desk/requests', body),
    show: (id: string) => browser.get(at(id)),
    list: async (query = '') => (await browser.get(`/api/desk/requests${query}`)).json<DeskRequests>(),
    hold: (id: string) => browser.postJson(at(id, 'hold'), {}),
    approve: (id: string, body: object = {}) => browser.postJson(at(id, 'approve'), body),
    reject: (id: string, body: object = { because: 'Not now.' }) => browser.postJson(at(id, 'reject'), body),
    withdraw: (id: string) => browser.postJson(at(id, 'withdraw'), {}),
  }
}

/** Raises a request for a link for somebody at identity level 3. @returns its id */
export const raiseLink = async (agent: Agent, person: Person, how = 'link'): Promise<string> => {
  const page = await requestsAs(agent).raise({ kind: 'enrol-level-3', staffId: person.staffId, asked: { how } })
  if (page.status !== 200) throw new Error(`Raising was refused: ${page.body}`)
  return page.json<RaisedRequest>().id
}
