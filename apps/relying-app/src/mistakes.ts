import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { noSuchPage, type Page, sendPage, somethingWrongPage } from './pages/index.ts'
import type { VisitorOf } from './signing-in/index.ts'

/** Answers what no route answered: in JSON below /api/, and else with a page. Only what is our fault is logged as one. */
export const registerMistakes = (app: FastifyInstance, visitorOf: VisitorOf) => {
  const send = (request: FastifyRequest, reply: FastifyReply, status: number, page: Page) => {
    if (request.url.startsWith('/api/'))
      return reply.code(status).send(JSON_OF[status === 404 ? 'unknown_path' : 'failed'])
    const visitor = visitorOf(request, '/')
    return sendPage(reply, { ...page, ...(visitor && { visitor }) }, status)
  }

  app.setNotFoundHandler((request, reply) => send(request, reply, 404, noSuchPage()))
  app.setErrorHandler((error, request, reply) => {
    const status = requestFault(error) ?? 500
    if (status === 500) request.log.error({ err: error }, 'a request failed')
    return send(request, reply, status, somethingWrongPage(request.id))
  })
}

const JSON_OF = {
  unknown_path: { error: 'unknown_path', message: 'There is nothing at this address' },
  failed: { error: 'failed', message: 'The request could not be answered' },
} as const

/** The status that Fastify gives to a request that is itself wrong. */
const requestFault = (error: unknown) => {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}
