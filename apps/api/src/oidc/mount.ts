import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Provider } from 'oidc-provider'
import { endpoints } from './provider.ts'

const { authorization, end_session } = endpoints

/** Addresses that the library serves, below those of its endpoints. */
const urls = [
  ...Object.values(endpoints),
  `${authorization}/:uid`,
  `${end_session}/confirm`,
  `${end_session}/success`,
  '/.well-known/openid-configuration',
]

/** Whether an address is an endpoint that other websites and servers are meant to call. */
export const isProtocolEndpoint = (url: string): boolean => {
  const path = url.split('?', 1)[0] ?? ''
  return urls.includes(path)
}

/** The policy of our pages, less `form-action`: signing out may lead back to the application, by a redirect. */
const withoutFormAction = (policy: unknown) => String(policy ?? '').replace(/;?\s*form-action[^;]*/i, '')

/** Puts the provider on the server, on the raw request, with its body unread. */
export const mount = async (app: FastifyInstance, provider: Provider): Promise<void> => {
  const handle = provider.callback()
  const handler = (request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value)
    reply.raw.setHeader('content-security-policy', withoutFormAction(reply.getHeader('content-security-policy')))
    void handle(request.raw, reply.raw)
  }
  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    for (const url of urls) scope.all(url, { schema: { hide: true } }, handler)
    done()
  })
}
