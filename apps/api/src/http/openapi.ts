import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'

/** Where the page would show its maker's picture. */
const mark = '<svg xmlns="http://www.w3.org/2000/svg"/>'

/** Describes every route from the schemas that validate it: a page at /docs, the document at /docs/json. */
export const registerOpenapi = async (app: FastifyInstance, issuer: string, version: string): Promise<void> => {
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
  app.addHook('onRequest', async ({ routeOptions: { url = '' } }, reply) => {
    // What it says changes with every version.
    if (url === '/docs' || url.startsWith('/docs/')) reply.header('cache-control', 'no-cache')
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: false,
    logo: { type: 'image/svg+xml', content: Buffer.from(mark), href: '/' },
    theme: { title: 'Fobwatch API' },
    uiConfig: { validatorUrl: null },
  })
}
