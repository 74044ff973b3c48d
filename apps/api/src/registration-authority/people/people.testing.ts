import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { CreatedPerson, CreatePerson, DeskProfile, Failure, PossibleMatches } from '@fobwatch/contracts'
import type { BrowserLike, Page, SoftwareAuthenticator } from '@fobwatch/testkit'
import type { NewPerson, Person } from '#people'
import { enrol, issuer, signInHere, type TestService } from '../../service.testing.ts'
import { addAt, putAt } from '../desk.testing.ts'

/** Somebody with a duty, logged in. */
export interface Agent {
  person: Person
  browser: BrowserLike
  device: SoftwareAuthenticator
  authenticatorId: string
}

/** Puts somebody with a duty at an organisation, and logs them in. */
export const withDuty = async (
  service: TestService,
  dutyCode: string,
  organisationId: string,
  whole: Partial<NewPerson> = {},
): Promise<Agent> => {
  const person = await addAt(service, organisationId, { givenName: 'Duty', familyName: dutyCode, ...whole })
  await putAt(service, person.id, organisationId, { dutyCode })
  const { device, enrolled } = await enrol(service, person.id)
  return { person, device, browser: await signInHere(service, device), authenticatorId: enrolled.id }
}

/** What an answer says: `200`, or the status and the refusal. */
export const saying = (page: Page): string =>
  page.status < 300 ? `${page.status}` : `${page.status} ${page.json<Failure>().error}`

export const passport = {
  part: 'photo',
  document: 'passport',
  number: 'TEST533119041',
  nameOnDocument: 'A NAME',
} as const
export const bill = {
  part: 'address',
  document: 'utility-bill',
  number: 'TEST-77-12',
  nameOnDocument: 'A Name',
} as const
export const certificate = { part: 'other', document: 'birth-certificate', nameOnDocument: 'A Name' } as const

/** The documents that a level takes. */
export const evidenceFor = (level: number) =>
  level === 3 ? [passport, bill, certificate] : level === 2 ? [passport, certificate] : [certificate]

let nth = 0
const two = (number: number) => String(number).padStart(2, '0')
/** A name that sounds like no other. */
const unheard = () =>
  [...randomBytes(9).toString('hex')].map((digit) => 'bdfgklmnprstvzaeio'[Number.parseInt(digit, 16)]).join('')

/** Somebody new, like nobody else, at level 1 unless said. */
export const newcomer = (organisation: string, whole: Partial<CreatePerson> = {}): CreatePerson => {
  nth += 1
  return {
    ...{ organisation, givenName: `G${unheard()}`, familyName: `F${unheard()}` },
    birthDate: `${1930 + ((nth * 7) % 60)}-${two(1 + (nth % 12))}-${two(1 + ((nth * 5) % 28))}`,
    identity: { level: 1, how: 'in-person', evidence: [certificate] },
    ...whole,
  }
}

export const create = (by: Agent, body: object): Promise<Page> => by.browser.postJson('/api/desk/people', body)

/** Creates somebody, and fails the test when that is refused. */
export const created = async (by: Agent, body: object): Promise<CreatedPerson> => {
  const page = await create(by, body)
  assert.equal(page.status, 200, page.body)
  return page.json<CreatedPerson>()
}

export const matchesOf = async (by: Agent, body: object): Promise<PossibleMatches['matches']> => {
  const page = await by.browser.postJson('/api/desk/people/duplicates', body)
  assert.equal(page.status, 200, page.body)
  return page.json<PossibleMatches>().matches
}

export const profileOf = async (by: Agent, staffId: string): Promise<DeskProfile> => {
  const page = await by.browser.get(`/api/desk/people/${staffId}/profile`)
  assert.equal(page.status, 200, page.body)
  return page.json<DeskProfile>()
}

/** Sends what a script of one of our pages would, by any method. */
export const send = async (
  { app }: TestService,
  { browser }: Pick<Agent, 'browser'>,
  method: 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
): Promise<string> => {
  const answer = await app.inject({
    ...{ method, url: path },
    headers: {
      ...{ host: new URL(issuer).host, origin: issuer, 'sec-fetch-site': 'same-origin' },
      ...(body && { 'content-type': 'application/json' }),
      cookie: browser.cookieHeader(`${issuer}${path}`),
    },
    ...(body && { payload: JSON.stringify(body) }),
  })
  const { statusCode } = answer
  return statusCode < 300 ? `${statusCode}` : `${statusCode} ${answer.json<Failure>().error}`
}
