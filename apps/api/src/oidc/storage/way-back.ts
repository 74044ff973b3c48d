import { type ErrorOut, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { notes } from '#kernel'
import type { JoinParams } from '#sessions'
import type { New, OidcStore, Taken } from './store.ts'

/** What the request at hand has yet to store, when it is known where its browser goes. */
interface WayBack {
  taken?: Taken
  join?: JoinParams
}

type TakingStore = Pick<OidcStore, 'isNew' | 'keepCode'>

const waysBack = notes<object, WayBack>()

const note = (what: WayBack): void => {
  const request = Provider.ctx
  if (!request) throw new Error('Outside a request of the library')
  waysBack.set(request, { ...waysBack.get(request), ...what })
}

/** Said where the way back from a sign-in was taken before. */
export const alreadyTaken = (): Error =>
  Object.assign(new errors.SessionNotFound('interaction session not found'), { allow_redirect: false })

/** The way back from a sign-in is taken with whatever it leads to: with the code, as a rule. */
export const takeAtEnd = (taken: Taken): void => note({ taken })

/** An application takes part in the session with the code that it is given. */
export const joinWithCode = (join: JoinParams): void => note({ join })

/**
 * Keeps a code, and all that comes with it, in one round trip.
 * @throws SessionNotFound where the way back was taken before; nothing is kept then
 * @throws Error where the request at hand let no application take part in a session: there is no code without
 */
export const goBackWith = async (store: TakingStore, code: New): Promise<void> => {
  const { taken, join } = (Provider.ctx && waysBack.get(Provider.ctx)) ?? {}
  if (!join) throw new Error('A code that no application takes part in a session with')
  waysBack.set(Provider.ctx as object, {})
  if (!(await store.keepCode(code, join, taken))) throw alreadyTaken()
}

/**
 * Takes the way back by itself: where it leads to no code but to another question or an error, and before anything else is done
 * that whoever comes second must not do.
 * @throws SessionNotFound where it was taken before
 */
export const goBackWithout = async (store: TakingStore, request: object | undefined = Provider.ctx): Promise<void> => {
  const { taken, ...rest } = (request && waysBack.get(request)) ?? {}
  if (!request || !taken) return
  waysBack.set(request, rest)
  if (!(await store.isNew(taken.hash, taken.until))) throw alreadyTaken()
}

/**
 * Sees to it that no way back is left untaken when its request is answered. Where that cannot be kept, the answer that is made
 * already is not given: its browser stays where it is, with all that it came with, and can come again.
 * @param render puts a page for people in the place of an answer
 */
export const completeWaysBack = (
  provider: Provider,
  store: TakingStore,
  render: (ctx: KoaContextWithOIDC, out: ErrorOut) => void,
): void => {
  provider.use(async (context, next) => {
    await next()
    try {
      await goBackWithout(store, context)
    } catch (error) {
      // Whoever took it first went another way, and this is an error already.
      if (error instanceof errors.SessionNotFound) return
      const asked = context as unknown as KoaContextWithOIDC
      const isAway = error instanceof errors.TemporarilyUnavailable
      if (!isAway) provider.emit('server_error', asked, error as Error)
      for (const name of ['location', 'set-cookie']) context.remove(name)
      context.status = isAway ? error.statusCode : 500
      render(asked, { error: isAway ? error.message : 'server_error' })
    }
  })
}
