import type { SessionView } from '@fobwatch/contracts'
import { type ComponentChildren, createContext } from 'preact'
import { useCallback, useContext, useMemo, useState } from 'preact/hooks'
import { call } from './api.ts'
import { asTrouble } from './trouble.ts'

interface SessionStore {
  /** Who is logged in here; null is nobody, undefined is not known yet. */
  session: SessionView | null | undefined
  /** Whether somebody was logged in on this page and is no more. */
  ended: boolean
  /** Asks the API anew. @throws Trouble */
  load: () => Promise<SessionView | null>
  /** @throws Trouble */
  logOut: () => Promise<void>
}

const SessionContext = createContext<SessionStore | undefined>(undefined)

/** Who is logged in, for any part of the page. */
export const useSession = (): SessionStore => {
  const store = useContext(SessionContext)
  if (!store) throw new Error('useSession stands outside SessionProvider')
  return store
}

const unlessNotSignedIn = (thrown: unknown): null => {
  const trouble = asTrouble(thrown)
  if (trouble.code === 'not_signed_in') return null
  throw trouble
}

export const SessionProvider = ({ children }: { children: ComponentChildren }) => {
  const [session, setSession] = useState<SessionView | null>()
  const [ended, setEnded] = useState(false)

  const become = useCallback((next: SessionView | null) => {
    setSession((before) => {
      if (before && !next) setEnded(true)
      if (next) setEnded(false)
      return next
    })
    return next
  }, [])
  const load = useCallback(async () => become(await call('GET /api/session', {}).catch(unlessNotSignedIn)), [become])
  const logOut = useCallback(async () => {
    await call('DELETE /api/session', {}).catch(unlessNotSignedIn)
    become(null)
  }, [become])

  const store = useMemo(() => ({ session, ended, load, logOut }), [session, ended, load, logOut])
  return <SessionContext.Provider value={store}>{children}</SessionContext.Provider>
}
