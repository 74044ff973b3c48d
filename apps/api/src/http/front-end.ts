import { existsSync, readFileSync } from 'node:fs'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { notFound } from './errors.ts'

/** The addresses that are pages: the front end draws each of them from one document. */
const pages = [
  ...['/', '/enrol', '/enrol/code', '/enrol/pass', '/sign-in/:interaction', '/role', '/logged-in', '/information'],
  ...['/ways', '/ways/*', '/shared-device', '/developers/*', '/desk', '/desk/*'],
] as const

const yearInMs = 365 * 24 * 3600 * 1000

const wantsPage = (request: FastifyRequest): boolean =>
  request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')

/**
 * Serves the built front end. Hashed assets never change; the document is kept nowhere, nor the page that came of
 * it: whoever goes back on a shared computer is not shown what the last person saw.
 * @param webDir the folder that the front end was built into
 * @param more pages that this service has besides
 */
export const registerFrontEnd = async (
  app: FastifyInstance,
  webDir: string,
  more: readonly string[],
): Promise<void> => {
  const file = `${webDir}/index.html`
  const built = existsSync(file)
  // Read once: each log in begins with it.
  const page = built ? readFileSync(file) : undefined
  const sendPage = (reply: FastifyReply) =>
    reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page)

  app.setNotFoundHandler((request, reply) =>
    built && wantsPage(request) ? sendPage(reply.status(404)) : notFound(request, reply),
  )
  if (!built) return
  await app.register(fastifyStatic, {
    root: webDir,
    wildcard: false,
    index: false,
    setHeaders: (reply, path) => {
      const hashed = /-[\w-]{8}\.\w+$/.test(path)
      const otherwise = path.endsWith('.html') ? 'no-store' : 'no-cache'
      reply.header('cache-control', hashed ? `public, max-age=${yearInMs / 1000}, immutable` : otherwise)
    },
  })
  for (const url of [...pages, ...more]) app.get(url, { schema: { hide: true } }, (_request, reply) => sendPage(reply))
}
