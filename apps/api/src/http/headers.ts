import type { FastifyInstance } from 'fastify'
import helmet from 'helmet'

/**
 * Headers of every answer: a content security policy with no inline script, no framing, no sniffing, no referrer. They are
 * worked out once; @fastify/helmet would do so for each request.
 * @param issuer decides whether browsers are told to keep to https
 */
export const registerHeaders = (app: FastifyInstance, issuer: string): void => {
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: issuer.startsWith('https:') ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
  })
  app.addHook('onRequest', ({ raw }, reply, done) => void protect(raw, reply.raw, () => done()))
}
