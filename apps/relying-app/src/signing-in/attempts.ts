import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { CookieSerializeOptions } from '@fastify/cookie'
import type { StepUp } from '@fobwatch/token-verifier'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { randomNonce, randomPKCECodeVerifier } from 'openid-client'
import { cookieName, createShelf } from '../sessions/index.ts'
import type { Secrets } from './fobwatch.ts'

/** A log in that was begun: what must come back, and what for. */
export type Attempt = Secrets & Wish

/** What the visitor wanted: the page they asked for, whether they asked for another role, and how they are to log in. */
export type Wish = { returnTo: string; changeRole: boolean; stepUp: StepUp }

export type Attempts = {
  /** Begins an attempt that only this browser can finish. The state finds it again. */
  begin: (request: FastifyRequest, reply: FastifyReply, wish: Wish) => Attempt & { state: string }
  /** The attempt of a state, once, and only to the browser that began it. */
  spend: (request: FastifyRequest, state: string) => Attempt | undefined
}

const NAME = 'ward_list_log_in'
const LIFE_MS = 15 * 60_000
const LIMITS = { idleMs: LIFE_MS, lifeMs: LIFE_MS, most: 10_000 }

/**
 * Keeps the attempts to log in, in memory. Two tabs may each have one: they share the browser's cookie, not the state.
 * Without the cookie, a stranger could have somebody finish a log in that the stranger began (RFC 6819 §4.4.1.8).
 * @param secure whether the cookie is to travel over https only
 */
export const createAttempts = (secure: boolean): Attempts => {
  const shelf = createShelf<Attempt & { browser: string }>(LIMITS)
  const cookie = cookieName(NAME, secure)
  const options: CookieSerializeOptions = { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: LIFE_MS / 1000 }

  return {
    begin: (request, reply, wish) => {
      const browser = browserOf(request, cookie) ?? randomBytes(32).toString('base64url')
      reply.setCookie(cookie, browser, options)
      const attempt = { ...wish, nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
      return { ...attempt, state: shelf.put({ ...attempt, browser }) }
    },
    spend: (request, state) => {
      const attempt = shelf.take(state)
      return attempt && isSame(attempt.browser, browserOf(request, cookie)) ? attempt : undefined
    },
  }
}

/** 32 bytes in base64url; anything else is no cookie of ours. */
const browserOf = (request: FastifyRequest, cookie: string) => /^[\w-]{43}$/.exec(request.cookies[cookie] ?? '')?.[0]

const isSame = (one: string, other: string | undefined) =>
  other !== undefined && timingSafeEqual(Buffer.from(one), Buffer.from(other))
