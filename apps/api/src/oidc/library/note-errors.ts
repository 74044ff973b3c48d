import type { EventEmitter } from 'node:events'
import type { FastifyBaseLogger } from 'fastify'
import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import { requestIdOf } from './request-id.ts'

/** The library's names for answers that are errors. */
const refusals = [
  'authorization.error',
  'pushed_authorization_request.error',
  'grant.error',
  'userinfo.error',
  'introspection.error',
  'revocation.error',
  'end_session.error',
  'end_session_confirm.error',
  'end_session_success.error',
] as const

/** What is known of an error, whoever threw it. */
const factsOf = (error: Error) => {
  const { error: code, error_description: description, error_detail: detail } = error as Error & Record<string, unknown>
  return { code: code ?? error.name, description, detail }
}

/** Whether a browser went away before its answer came. */
const isGone = (error: Error): boolean => 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')

/** Notes what the library refuses, and faults of ours, under the reference that the answer carries. */
export const noteErrors = (provider: Provider, log: Pick<FastifyBaseLogger, 'info' | 'error'>): void => {
  for (const event of refusals)
    provider.on(event as 'authorization.error', ({ req, path }, error) =>
      log.info({ reqId: requestIdOf(req), path, refusal: factsOf(error) }, 'refused'),
    )
  provider.on('server_error', ({ req, path }, error) =>
    log.error({ reqId: requestIdOf(req), path, err: error }, 'fault in OpenID Connect'),
  )
  // What the library itself did not catch. Without a listener Koa would print it.
  const underneath: EventEmitter = provider
  underneath.on('error', (error: Error, { req, path }: KoaContextWithOIDC) =>
    log[isGone(error) ? 'info' : 'error']({ reqId: requestIdOf(req), path, err: error }, 'fault around OpenID Connect'),
  )
}
