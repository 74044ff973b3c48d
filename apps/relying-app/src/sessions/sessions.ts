import type { CookieSerializeOptions } from '@fastify/cookie'
import type { AccessClaims, EndedSessions, IdClaims, StepUp } from '@fobwatch/token-verifier'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { cookieName } from './cookie-name.ts'
import { createShelf, type Over } from './shelf.ts'

/** What we know of someone who logged in. It never leaves the server. */
export type Session = {
  idToken: string
  id: IdClaims
  accessToken: string
  access: AccessClaims
  /** How they were asked to log in, where it was in another way than usual. */
  asked: StepUp
  /** Whether they asked for another role and came back in the one that they had; their next page says so. */
  roleStayed: boolean
  /** Which access token the API did not take: none, that of this session, or that of the one before it. */
  refused: 'none' | 'this' | 'last'
}

export type Sessions = {
  /**
   * Begins a session under a new secret, which ends the one that the browser had. One that Fobwatch has ended meanwhile
   * does not begin.
   */
  begin: (request: FastifyRequest, reply: FastifyReply, session: Session) => void
  /** The session of a browser; asking keeps it awake. */
  of: (request: FastifyRequest) => Session | undefined
  /** How long the session of a browser has, in seconds; asking does not keep it awake. 0 where there is none. */
  secondsLeft: (request: FastifyRequest) => number
  /** Whether the browser has had a session, over or not. */
  hasHad: (request: FastifyRequest) => boolean
  /** Why the session of a browser is over, where that is still known. */
  whyOver: (request: FastifyRequest) => Over | undefined
  /** Ends the session of a browser, and returns what it was. */
  end: (request: FastifyRequest, reply: FastifyReply) => Session | undefined
  /** Ends the sessions that came of a session at Fobwatch, or all of a person where no session is named. */
  endAllOf: (ended: EndedSessions) => void
}

/** Cookies go by host and not by port, so that the name must not be one that Fobwatch may use. */
const NAME = 'ward_list_session'

const MINUTE_MS = 60_000
const TOKEN_LIFE_MS = 10 * MINUTE_MS
const LIMITS = { idleMs: 15 * MINUTE_MS, lifeMs: 12 * 60 * MINUTE_MS, most: 10_000 }

/**
 * Keeps the sessions of this application, in memory: they end after 15 minutes without activity, 12 hours after their
 * person proved who they are whatever happens, when Fobwatch says so, and when the application stops. The browser has a
 * random secret and nothing else.
 * @param secure whether the cookie is to travel over https only
 */
export const createSessions = (secure: boolean): Sessions => {
  const shelf = createShelf<Session>(LIMITS)
  const cookie = cookieName(NAME, secure)
  const ended = createEnded()
  const options: CookieSerializeOptions = { httpOnly: true, sameSite: 'lax', path: '/', secure }

  const end: Sessions['end'] = (request, reply) => {
    const secret = request.cookies[cookie]
    if (!secret) return undefined
    reply.clearCookie(cookie, options)
    return shelf.take(secret)
  }

  return {
    begin: (request, reply, session) => {
      end(request, reply)
      if (!ended.isOf(session.id)) reply.setCookie(cookie, shelf.put(session, lifeLeft(session)), options)
    },
    of: (request) => shelf.get(request.cookies[cookie] ?? ''),
    secondsLeft: (request) => Math.floor(shelf.left(request.cookies[cookie] ?? '') / 1000),
    hasHad: (request) => Boolean(request.cookies[cookie]),
    end,
    whyOver: (request) => shelf.whyOver(request.cookies[cookie] ?? ''),
    endAllOf: (who) => {
      ended.add(who.sid)
      shelf.drop(({ id }) => isAmong(id, who))
    },
  }
}

/**
 * A log out can overtake a log in that is being finished: which sessions ended at Fobwatch is known for as long as tokens
 * live. What it issues afterwards, also under the same id, is another log in.
 */
const createEnded = () => {
  const sids = new Map<string, number>()
  return {
    add: (sid: string | undefined) => {
      for (const [old, at] of sids) if (at + TOKEN_LIFE_MS < Date.now()) sids.delete(old)
      if (sid !== undefined) sids.set(sid, Date.now())
    },
    isOf: ({ sid = '', iat }: IdClaims) => iat * 1000 <= (sids.get(sid) ?? 0),
  }
}

/** Of the 12 hours, what is left since the person proved who they are, in milliseconds. */
const lifeLeft = ({ id }: Session) => (id.auth_time ?? id.iat) * 1000 + LIMITS.lifeMs - Date.now()

/** OpenID Connect Back-Channel Logout 1.0 §2.7: a session by its id, all of a person without one. */
const isAmong = (id: IdClaims, { sid, sub }: EndedSessions) =>
  (sid === undefined || id.sid === sid) && (sub === undefined || id.sub === sub)
