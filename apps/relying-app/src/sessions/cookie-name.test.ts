import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import cookie from '@fastify/cookie'
import type { AccessClaims, IdClaims } from '@fobwatch/token-verifier'
import fastify from 'fastify'
import { createAttempts } from '../signing-in/attempts.ts'
import { createSessions } from './sessions.ts'

const now = Math.floor(Date.now() / 1000)
const session = {
  ...{ idToken: '', accessToken: '', asked: {}, roleStayed: false, refused: 'none' as const },
  id: { sub: '1', sid: 's', iat: now, auth_time: now } as IdClaims,
  access: {} as AccessClaims,
}

/** What a browser is given at a log in, from its beginning to its session. */
const givenTo = async (secure: boolean) => {
  const app = fastify()
  await app.register(cookie)
  const [attempts, sessions] = [createAttempts(secure), createSessions(secure)]
  app.get('/', (request, reply) => {
    attempts.begin(request, reply, { returnTo: '/', changeRole: false, stepUp: {} })
    sessions.begin(request, reply, session)
    return reply.send()
  })
  app.get('/whose', (request) => ({ known: sessions.of(request) !== undefined }))
  const { cookies } = await app.inject('/')
  const known = async (name: string, value: string) =>
    (await app.inject({ url: '/whose', cookies: { [name]: value } })).json<{ known: boolean }>().known
  return { cookies, known }
}

describe('the cookies of a log in', () => {
  it('line 31: are, over https, those that no sibling sub-domain can plant', async () => {
    const { cookies, known } = await givenTo(true)
    assert.deepEqual(
      cookies.map(({ name, path, secure, domain }) => ({ name, path, secure, domain })),
      ['__Host-ward_list_log_in', '__Host-ward_list_session'].map((name) => ({
        ...{ name, path: '/', secure: true, domain: undefined },
      })),
    )
    const secret = cookies[1]?.value ?? ''
    assert.equal(await known('__Host-ward_list_session', secret), true)
    assert.equal(await known('ward_list_session', secret), false)
  })

  it('have their plain names on this machine, where browsers would refuse the others', async () => {
    const { cookies } = await givenTo(false)
    assert.deepEqual(
      cookies.map(({ name }) => name),
      ['ward_list_log_in', 'ward_list_session'],
    )
  })
})
