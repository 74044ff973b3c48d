import type { SessionView } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { Redirect } from 'wouter-preact'
import { forget, recall } from '../../memory.ts'
import { safeNext } from '../../next-page.ts'
import { ButtonLink, LineLink } from '../../parts/buttons.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Page } from '../../parts/page.tsx'
import { SummaryList } from '../../parts/summary-list.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { useWhyLoggedOut } from '../../parts/use-why-logged-out.ts'
import { useSession } from '../../session.tsx'
import { checkWords } from '../../words/checks.ts'
import { momentWords } from '../../words/dates.ts'
import { roleWords } from '../../words/roles.ts'
import { SharedHome } from './shared-home.tsx'

const loggedOutHere = 'You are logged out of Fobwatch in this browser.'
const whatItIs = 'Fobwatch knows you by your phone, computer or security key. There is no password.'

const LoggedOut = ({ ended }: { ended: boolean }) => {
  const why = useWhyLoggedOut()
  if (why === undefined) return <Loading />
  return (
    <Page title={ended || why ? 'You are logged out' : 'Log in with your own device'}>
      <p>{why ?? (ended ? loggedOutHere : whatItIs)}</p>
      <ButtonLink href="/sign-in/fobwatch">Log in</ButtonLink>
    </Page>
  )
}

const roleOf = ({ role }: SessionView) => (role ? roleWords(role) : 'None chosen')

const LoggedIn = ({ session }: { session: SessionView }) => (
  <Page title={session.name}>
    <SummaryList
      rows={[
        { key: 'User number', value: session.staffId },
        { key: 'Role', value: roleOf(session) },
        { key: 'Logged in', value: momentWords(session.authenticatedAt) },
        { key: 'How sure we are', value: checkWords(session) },
      ]}
    />
    <LineLink href="/ways">Your ways to log in</LineLink>
    <LineLink href="/logged-in">Where you are logged in</LineLink>
    <LineLink href="/information">Your information</LineLink>
    {session.desk.includes('manage-clients') && (
      <LineLink href="/developers/logout-test">Try an application’s log out</LineLink>
    )}
    {session.desk.length > 0 && <LineLink href="/desk">Registration authority desk</LineLink>}
  </Page>
)

/** The page that asked for the log in, taken once. */
const takeNext = (): string | undefined => {
  const next = safeNext(recall('next-page') ?? null, location.origin)
  forget('next-page')
  return next
}

/**
 * Who you are here and what you can do, or the way in. A log in to our own pages ends here too, and goes on to the page that
 * asked for it, if one did.
 */
export const Home = () => {
  const { session, ended, load } = useSession()
  const asked = useFetched('session', load)
  const [next] = useState(takeNext)
  const [switching, setSwitching] = useState(false)
  if (asked.trouble) return <TroublePage trouble={asked.trouble} onRetry={asked.reload} />
  if (session && next) return <Redirect to={next} replace />
  if (switching || session?.shared)
    return <SharedHome session={switching ? null : (session ?? null)} onLeave={() => setSwitching(true)} />
  if (session) return <LoggedIn session={session} />
  return session === null && (asked.value === null || ended) ? <LoggedOut ended={ended} /> : <Loading />
}
