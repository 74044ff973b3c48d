import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { addPosition, giveRole, startService, type TestService } from '../../service.testing.ts'
import { registerOwn, tokenOf } from '../application.testing.ts'
import { enterpriseSchema } from './attributes.ts'

// biome-ignore lint/suspicious/noExplicitAny: what comes back is looked at member by member
type Body = any

export interface Answer {
  status: number
  body: Body
  headers: Record<string, unknown>
}

/** A service with an HR system for the organisation ZT7, which has ZT8 below it and ZT9 beside it. */
export const startFeeds = async (options: Parameters<typeof startService>[0] = {}) => {
  const service = await startService(options)
  const place = (code: string, parent?: string) =>
    service.store.inTransaction(async (tx) =>
      service.rooms.access.addOrganisation(tx, {
        ...{ code, name: `Test ${code}` },
        ...(parent && { parentId: (await service.rooms.access.findOrganisation(parent, tx))?.id }),
      }),
    )
  await place('ZT7')
  await place('ZT8', 'ZT7')
  await place('ZT9')
  await registerOwn(service, 'hr', 'scim', { feed_organisation: 'ZT7' })
  await registerOwn(service, 'other-hr', 'scim', { feed_organisation: 'ZT9' })
  return service
}

/** How one application calls the SCIM service. */
export const callerFor = async (service: Pick<TestService, 'app'>, client = 'hr') => {
  const token = await tokenOf(service, client)
  return async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    payload?: object | string,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const answer = await service.app.inject({
      method,
      url: `/scim/v2${path}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...(payload !== undefined && { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      ...(payload !== undefined && { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
    })
    return {
      status: answer.statusCode,
      body: answer.body ? JSON.parse(answer.body) : undefined,
      headers: answer.headers,
    }
  }
}

export type Caller = Awaited<ReturnType<typeof callerFor>>

/** A name that sounds like no other of a test. */
const nameFrom = (id: string) =>
  [...id.replaceAll('-', '')].map((digit) => 'bcdfghjklmnprstv'[Number.parseInt(digit, 16)]).join('a')

/** A user as an HR system writes them, whom nobody is like. */
export const userFrom = (more: object = {}) => {
  const id = randomUUID()
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterpriseSchema],
    userName: `${id}@zt7.example`,
    externalId: id.slice(0, 8),
    name: { givenName: `A${nameFrom(id.slice(0, 8))}`, familyName: `F${nameFrom(id.slice(9, 23))}` },
    emails: [{ value: `${id}@zt7.example`, type: 'work' }],
    active: true,
    [enterpriseSchema]: { employeeNumber: '701', department: 'Ward 7' },
    ...more,
  }
}

/** Makes a user. @returns as it came back */
export const makeUser = async (call: Caller, more: object = {}): Promise<Body> => {
  const { status, body } = await call('POST', '/Users', userFrom(more))
  assert.equal(status, 201, JSON.stringify(body))
  return body
}

/** Gives somebody a position with a duty of the registration authority. */
export const giveDuty = async (service: TestService, personId: string, code = 'ZT7') =>
  giveRole(
    service,
    personId,
    await addPosition(service, { code, name: code }, { name: randomUUID(), dutyCode: 'agent' }),
  )
