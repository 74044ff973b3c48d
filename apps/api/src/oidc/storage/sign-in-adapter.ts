import { AsyncLocalStorage } from 'node:async_hooks'
import { type Adapter, type AdapterPayload, Provider } from 'oidc-provider'
import { admitAddress, type Visit } from '#http'
import { hashOf, notes } from '#kernel'
import type { OidcDeps } from '../deps.ts'
import { endpoints } from '../endpoints.ts'
import { cookieOptions, cookiePrefix } from '../library/cookies.ts'
import { senderOf } from '../limits/sender.ts'
import { orTooMany } from '../limits/too-many.ts'
import { withoutSecrets } from './artifact-adapter.ts'
import { alreadyTaken, goBackWithout, takeAtEnd } from './way-back.ts'

/** How much longer it is remembered that a way back was taken than its sign-in lasts, in milliseconds. */
const margin = 60_000

/** The cookies of the browser that a request came from. */
interface Jar {
  get: (name: string) => string | undefined
  set: (name: string, value: string, options: { path: string; maxAgeSeconds: number }) => void
}

const visits = new AsyncLocalStorage<Visit>()

/** Does something about a sign-in of the library's where a browser has come to one of our own pages. */
export const inBrowser = <T>(visit: Visit, work: () => Promise<T>): Promise<T> => visits.run(visit, work)

const jarAtHand = (issuer: string): Jar | undefined => {
  const options = { ...cookieOptions(issuer), signed: false }
  const visit = visits.getStore()
  if (visit) {
    const { request, reply } = visit.raw
    return {
      get: (name) => request.cookies[name],
      set: (name, value, { path, maxAgeSeconds: maxAge }) =>
        void reply.setCookie(name, value, { ...options, path, maxAge }),
    }
  }
  const cookies = Provider.ctx?.cookies
  return (
    cookies && {
      get: (name) => cookies.get(name, { signed: false }),
      set: (name, value, { path, maxAgeSeconds }) =>
        void cookies.set(name, value, { ...options, path, maxAge: maxAgeSeconds * 1000 }),
    }
  )
}

/** Where a browser sends what it keeps of a sign-in: to its pages, and on the way back. */
const pathsOf = (id: string) => [`/sign-in/${id}`, `${endpoints.authorization}/${id}`]

/** Of a sealed sign-in, in characters. Browsers keep cookies of 4096 bytes, with all that is said of them. */
const longest = 3400

/** What a browser keeps of one that is too long for a cookie. */
const isRow = { kind: 'Interaction', isRow: true }

/**
 * The library's interaction: its browser keeps it, sealed, and only one that is too long for a cookie is a row. So whoever
 * asks for an authorization leaves nothing here; and whoever comes without what was sealed under its id has come from
 * another browser, and finds nothing: its address is no secret. Nothing in it is good for one time alone: its challenge is
 * a row of its own, and its way back is taken by one insert, which fails for whoever comes second.
 * @param rows where a long one is kept
 */
export const signInAdapter = ({ issuer, limits, signIns, store }: OidcDeps, rows: Adapter): Adapter => {
  const name = `${cookiePrefix(issuer)}fobwatch_sign_in`
  const keep = (id: string, value: string, maxAgeSeconds = 0): void => {
    for (const path of pathsOf(id)) jarAtHand(issuer)?.set(name, value, { path, maxAgeSeconds })
  }
  const forget = (id: string): void => keep(id, '')
  /** What the request at hand found: the library finds a sign-in before it destroys it. */
  const found = notes<object, AdapterPayload & { isSealed: boolean }>()
  return {
    ...rows,
    find: async (id) => {
      const kept = signIns.open(id, jarAtHand(issuer)?.get(name))
      const isSealed = kept?.['isRow'] !== true
      const payload = isSealed ? kept && { ...kept, jti: id } : await rows.find(id)
      if (payload && Provider.ctx) found.set(Provider.ctx, { ...payload, isSealed })
      return payload
    },
    upsert: async (id, payload, expiresIn) => {
      await goBackWithout(store)
      const sealed = signIns.seal(id, withoutSecrets(payload))
      if (sealed.length <= longest) return keep(id, sealed, expiresIn)
      await rows.upsert(id, payload, expiresIn)
      keep(id, signIns.seal(id, isRow), expiresIn)
    },
    destroy: async (id) => {
      // The way back from a sign-in begins by destroying it. Of two at once, one comes to its end; also where one comes with
      // the cookie, and the other finds the row that the sign-in became when it grew too long.
      const { ctx } = Provider
      const payload = ctx && found.get(ctx)
      if (!ctx || payload?.jti !== id) throw alreadyTaken()
      // Who has not logged in can go back as often as they like, and each time that it was taken is a row.
      if (!payload.result || payload.result['error']) {
        const { network, known } = senderOf(ctx.req)
        orTooMany(() => admitAddress(limits.floods, 'begin', network, known))
      }
      takeAtEnd({ hash: hashOf(`sign-in ${id}`), until: new Date((payload.exp ?? 0) * 1000 + margin) })
      if (payload.result?.['error']) await goBackWithout(store)
      forget(id)
      if (!payload.isSealed) await rows.destroy(id)
    },
  }
}
