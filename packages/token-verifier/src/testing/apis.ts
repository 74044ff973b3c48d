import { createServer } from 'node:http'
import express from 'express'
import fastify from 'fastify'
import * as forExpress from '../express.ts'
import * as forFastify from '../fastify.ts'
import { demand, type EndedSessions, type Needs, type TokenVerifier } from '../index.ts'

type Sent = { method?: string; headers?: Record<string, string>; body?: string }

export type Answer = { status: number; headers: Headers; body: string }

/** An API with one guarded route, one place for back-channel logouts, and a list of the logouts that were believed. */
export type Api = {
  ask: (path: string, sent?: Sent) => Promise<Answer>
  ended: EndedSessions[]
  close: () => Promise<unknown>
}

type What = { verifier: TokenVerifier; needs: Needs; needsInside: Needs }

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** A logout as Fobwatch posts it. */
export const logoutOf = (token: string): Sent => ({
  method: 'POST',
  headers: FORM,
  body: new URLSearchParams({ logout_token: token }).toString(),
})

const asker =
  (origin: string) =>
  async (path: string, sent: Sent = {}) => {
    const { status, headers, ...answer } = await fetchWhole(`${origin}${path}`, sent)
    return { status, headers, body: answer.body }
  }

const fetchWhole = async (url: string, sent: Sent) => {
  const response = await fetch(url, sent)
  return { status: response.status, headers: response.headers, body: await response.text() }
}

/** In the way that somebody who uses Fastify would write it. */
const fastifyApi = async ({ verifier, needs, needsInside }: What): Promise<Api> => {
  const ended: EndedSessions[] = []
  const guard = forFastify.createGuard(verifier)
  const app = fastify()
  app.get('/records/:id', { preHandler: guard(needs) }, async (request) => {
    const claims = forFastify.claimsOf(request)
    demand(claims, needsInside)
    return { id: (request.params as { id: string }).id, for: claims.sub }
  })
  app.get('/open', async (request) => forFastify.claimsOf(request))
  app.register(forFastify.backChannelLogout(verifier, { url: '/logouts', end: (who) => void ended.push(who) }))
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  return { ask: asker(origin), ended, close: () => app.close() }
}

/** In the way that somebody who uses Express would write it. */
const expressApi = async ({ verifier, needs, needsInside }: What): Promise<Api> => {
  const ended: EndedSessions[] = []
  const guard = forExpress.createGuard(verifier)
  const app = express()
  const router = express.Router()
  router.get('/:id', guard(needs), (request, response) => {
    const claims = forExpress.claimsOf(request)
    demand(claims, needsInside)
    response.json({ id: request.params['id'], for: claims.sub })
  })
  app.use('/records', router)
  app.get('/open', (request, response) => void response.json(forExpress.claimsOf(request)))
  app.post('/logouts', forExpress.backChannelLogout(verifier, { end: (who) => void ended.push(who) }))
  app.use(forExpress.answerRefusals)
  app.use(failQuietly)

  const server = createServer(app).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as { port: number }
  const close = () => new Promise((closed) => server.closeAllConnections() ?? server.close(closed))
  return { ask: asker(`http://127.0.0.1:${port}`), ended, close }
}

/** Express prints what it cannot answer; a test that provokes it has no need of that. */
const failQuietly: express.ErrorRequestHandler = (_error, _request, response, _next) => void response.sendStatus(500)

export const FRAMEWORKS = { Fastify: fastifyApi, Express: expressApi }
