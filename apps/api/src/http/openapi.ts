import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Where the page would show its maker's picture. */
const mark = '<svg xmlns="http://www.w3.org/2000/svg"/>'

/** The document in both its forms, of megabytes, as it is sent. Each is written once. */
const writtenOnce = (app: FastifyInstance) => {
  const forms: Readonly<Record<string, { type: string; write: () => string }>> = {
    '/docs/json': { type: 'application/json; charset=utf-8', write: () => JSON.stringify(app.swagger()) },
    '/docs/yaml': { type: 'application/x-yaml; charset=utf-8', write: () => app.swagger({ yaml: true }) },
  }
  const written = new Map<string, Buffer>()
  return (url: string): { type: string; document: Buffer } | undefined => {
    const form = forms[url]
    if (!form) return undefined
    const document = written.get(url) ?? Buffer.from(form.write())
    written.set(url, document)
    return { type: form.type, document }
  }
}

/**
 * Describes every route from the schemas that validate it: a page at /docs, the document at /docs/json.
 * @param admit lets somebody have one more of it, or throws
 */
export const registerOpenapi = async (
  app: FastifyInstance,
  { issuer, version, admit }: { issuer: string; version: string; admit: (request: FastifyRequest) => void },
): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Fobwatch',
        version,
        description:
          'What our own pages call. Relying applications use OpenID Connect: see /.well-known/openid-configuration.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: issuer }],
    },
  })
  // Our own policy holds on this page too, and no badge is asked for from elsewhere.
  const documentAt = writtenOnce(app)
  app.addHook('onRequest', async (request, reply) => {
    const { url = '' } = request.routeOptions
    if (url !== '/docs' && !url.startsWith('/docs/')) return
    admit(request)
    // What it says changes with every version.
    reply.header('cache-control', 'no-cache')
    const found = request.method === 'GET' && documentAt(url)
    if (found) return reply.type(found.type).send(found.document)
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: false,
    logo: { type: 'image/svg+xml', content: Buffer.from(mark), href: '/' },
    theme: { title: 'Fobwatch API' },
    uiConfig: { validatorUrl: null },
  })
}
