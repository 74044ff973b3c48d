import type { FastifyReply, FastifyRequest } from 'fastify'
import { admitAddress, admitRow, type Bounds, type LimitName, senderOf } from '#http'
import { TooMany } from '#kernel'
import { endpoints } from '../endpoints.ts'
import { errorPage } from '../interaction/pages.ts'
import { tooManyRequests } from './too-many.ts'

/** The id of a browser that was logged in with before. */
export type KnownBrowser = (request: FastifyRequest) => string | undefined

/** What each endpoint costs whom nobody knows yet; the rest only looks. */
const limitOf: Readonly<Record<string, LimitName>> = {
  [endpoints.authorization]: 'begin',
  [endpoints.pushed_authorization_request]: 'begin',
}

/**
 * Of a query that may lead to a sign-in too long for a cookie, so that it becomes a row: what is pushed may be long too.
 * Characters.
 */
const mayBeLong = 800

/** Whether a row may be left that nobody ever comes back to. Short sign-ins are kept by their browsers. */
const mayLeaveRow = (path: string, { url }: FastifyRequest): boolean => {
  if (path === endpoints.pushed_authorization_request) return true
  if (path !== endpoints.authorization) return false
  const query = url.slice(path.length + 1)
  return query.length > mayBeLong || new URLSearchParams(query).has('request_uri')
}

const isForPeople = ({ headers: { accept = '' } }: FastifyRequest) => accept.includes('text/html')

/**
 * Lets an address have one more answer of the library's.
 * @param path what is asked for, without its query
 * @param onGranted is given what counts a row that may be left, to call if it is
 * @returns whether it was answered that this is too many (RFC 6585 §4, RFC 9126 §2.3)
 */
export const isRefused = (
  bounds: Bounds,
  knownBrowser: KnownBrowser,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  onGranted: (count: () => void) => void,
): boolean => {
  try {
    const known = () => knownBrowser(request)
    admitAddress(bounds, limitOf[path] ?? 'ask', senderOf(request).network, known, false)
    if (mayLeaveRow(path, request)) admitRow(bounds, known, onGranted)
    return false
  } catch (error) {
    if (!(error instanceof TooMany)) throw error
    request.log.info({ refusal: { code: error.code }, err: error.cause }, 'refused')
    const out = tooManyRequests(error)
    reply.status(429).header('retry-after', error.retryAfterSeconds).header('cache-control', 'no-store')
    if (isForPeople(request)) reply.type('text/html; charset=utf-8').send(errorPage(out, request.id))
    else reply.type('application/json; charset=utf-8').send(out)
    return true
  }
}
