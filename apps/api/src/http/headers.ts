import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import helmet from 'helmet'

/** What helmet would set on an answer to anybody: nothing that it sets here depends on what was asked. */
const setBy = (protect: ReturnType<typeof helmet>): Record<string, string> => {
  const set: Record<string, string> = {}
  const answer = {
    setHeader: (name: string, value: string) => {
      set[name.toLowerCase()] = value
    },
    removeHeader: () => {},
  } as unknown as ServerResponse
  protect({} as IncomingMessage, answer, (error) => {
    if (error) throw error
  })
  return set
}

/**
 * Headers of every answer: a content security policy with no inline script, no framing, no sniffing, no referrer. They are
 * worked out once, and written with all others at once: one that is set on the answer beforehand has node:http go through
 * each of them again.
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
  const headers = setBy(protect)
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })
}
