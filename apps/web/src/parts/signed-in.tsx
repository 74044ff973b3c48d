import type { SessionView } from '@fobwatch/contracts'
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { useSession } from '../session.tsx'
import { Loading } from './loading.tsx'
import { ToLogIn } from './to-log-in.tsx'
import { TroublePage } from './trouble-page.tsx'
import { useFetched } from './use-fetched.ts'

/**
 * Shows a page to whoever is logged in, and sends everyone else to the log-in page. A page that ends the session itself
 * stays, to say so.
 */
export const SignedIn = ({ children }: { children: (session: SessionView) => ComponentChildren }) => {
  const { session, load } = useSession()
  const asked = useFetched('session', load)
  const shown = useRef<SessionView>()
  if (session) shown.current = session
  if (asked.trouble) return <TroublePage trouble={asked.trouble} onRetry={asked.reload} />
  if (asked.value === null) return <ToLogIn />
  return shown.current ? children(shown.current) : <Loading />
}
