import type { Failure } from '@fobwatch/contracts'
import { type BrowserLike, createSoftwareAuthenticator } from '@fobwatch/testkit'
import { newId } from '#kernel'
import type { Person } from '#people'
import { enrol, issuer, signInHere, sql, type TestService } from '../service.testing.ts'
import { addAt, addPlaces, makeSmartcard, type Places, putAt } from './desk.testing.ts'
import { newcomer } from './people/people.testing.ts'

/** The duties, in the order of the table's columns. */
export const duties = [
  'manager',
  'advanced-agent',
  'agent',
  'sponsor',
  'id-checker',
  'local-administrator',
  'service-operator',
] as const
export type Duty = (typeof duties)[number]

/** Where something is done: where the duty is held, below that, or elsewhere. */
export const wheres = ['here', 'below', 'outside'] as const
export type Where = (typeof wheres)[number]

/** An answer that was asked for as a browser would. */
export interface Answer {
  status: number
  error: string | undefined
  text: string
}

/** One real request that does a task, and the request that asks for it to be done, where there is such a kind. */
export interface Deed {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  url: string
  body?: object
  asked?: { kind: string; staffId?: string; asked: object }
}

export interface World {
  service: TestService
  send: (who: BrowserLike, deed: Deed) => Promise<Answer>
  /** Somebody with a duty at the hospital, or at every organisation that is part of no other. */
  actor: (duty: Duty, everywhere: boolean) => BrowserLike
  /** Somebody new at a place. */
  person: (where: Where, status?: string) => Promise<Person>
  /** A smartcard of somebody new at a place, paused for a reason if one is given. */
  smartcard: (where: Where, because?: string) => Promise<{ staffId: string; id: string }>
  codeOf: (where: Where) => string
  idOf: (where: Where) => string
  /** Positions to be given: one of the agents', one opened to sponsors, and one with a duty. */
  positionAt: (where: Where, which: 'closed' | 'opened' | 'duty') => string
  /** A request that waits for a decision, and whom it is about. */
  request: (where: Where) => Promise<{ id: string; person: Person }>
}

const places = { here: 'hospital', below: 'clinic', outside: 'home' } as const
const codes = { here: 'ZZX01', below: 'ZZX02', outside: 'ZZX03' } as const

const positionsAt = ({ store, rooms }: TestService, organisationId: string) =>
  store.inTransaction(async (tx) => {
    const nurse = { organisationId, roleCode: 'S8000:G8000:R8001' }
    return {
      closed: await rooms.access.addPosition(tx, { ...nurse, name: 'Nurse' }),
      opened: await rooms.access.addPosition(tx, { ...nurse, name: 'Bank nurse', openedToSponsors: true }),
      duty: await rooms.access.addPosition(tx, { organisationId, name: 'Checker', dutyCode: 'local-administrator' }),
    }
  })

/** Puts organisations, positions and somebody with each duty in place. */
export const makeWorld = async (service: TestService): Promise<World> => {
  const place: Places = await addPlaces(service)
  const idOf = (where: Where) => place[places[where]]
  const positions = new Map<Where, Awaited<ReturnType<typeof positionsAt>>>()
  for (const where of wheres) positions.set(where, await positionsAt(service, idOf(where)))

  const browsers = new Map<string, BrowserLike>()
  const enter = async (duty: string, at: readonly string[]) => {
    const names = { givenName: 'Duty', familyName: duty, identityLevel: 3 }
    const person = await addAt(service, place.hospital, names)
    for (const organisation of at) await putAt(service, person.id, organisation, { dutyCode: duty })
    const { device, enrolled } = await enrol(service, person.id, createSoftwareAuthenticator())
    return { person, browser: await signInHere(service, device), authenticatorId: enrolled.id }
  }
  for (const duty of duties) {
    browsers.set(`${duty} false`, (await enter(duty, [place.hospital])).browser)
    browsers.set(`${duty} true`, (await enter(duty, [place.hospital, place.home])).browser)
  }
  const raiser = await enter('manager', [place.hospital, place.home])

  const person = async (where: Where, status = 'active') => {
    const { givenName, familyName } = newcomer('')
    const added = await addAt(service, idOf(where), { givenName, familyName, identityLevel: 1 })
    if (status !== 'active') await sql(service, 'update person set status = $2 where id = $1', added.id, status)
    return added
  }
  const smartcard = async (where: Where, because?: string) => {
    const { id: personId, staffId } = await person(where)
    const { enrolled } = await enrol(service, personId)
    await makeSmartcard(service, enrolled.id, because)
    return { staffId, id: enrolled.id }
  }
  const request = async (where: Where) => {
    const [id, about] = [newId(), await person(where)]
    await sql(
      service,
      `insert into request (id, kind, organisation_id, person_id, asked, raised_by, raised_with, raised_at, expires_at)
       values ($1, 'enrol-level-3', $2, $3, '{"how":"link"}', $4, $5, now(), now() + interval '1 day')`,
      ...[id, idOf(where), about.id, raiser.person.id, raiser.authenticatorId],
    )
    return { id, person: about }
  }
  return {
    service,
    send: async (browser, { method, url, body }) => {
      const headers = { origin: issuer, cookie: browser.cookieHeader(`${issuer}${url}`) }
      const answer = await service.app.inject({ method, url, headers, ...(body && { payload: body }) })
      const isRefusal = answer.statusCode >= 400
      return {
        status: answer.statusCode,
        error: isRefusal ? answer.json<Failure>().error : undefined,
        text: answer.body,
      }
    },
    actor: (duty, everywhere) => {
      const browser = browsers.get(`${duty} ${everywhere}`)
      if (!browser) throw new Error(`Nobody is a ${duty}`)
      return browser
    },
    person,
    smartcard,
    idOf,
    codeOf: (where) => codes[where],
    positionAt: (where, which) => positions.get(where)?.[which] ?? '',
    request,
  }
}
