import type { Authenticator } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../api.ts'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useTask } from '../../parts/use-task.ts'
import { useSession } from '../../session.tsx'
import { LoggedOutBy } from './logged-out-by.tsx'

interface Props {
  way: Authenticator
  /** The person's other ways that work. */
  others: readonly Authenticator[]
  onDone: (message: string) => void
}

const WhatFollows = ({ way, others }: Omit<Props, 'onDone'>) => (
  <>
    <p>We pause it at once. Nobody can log in with it, and it is logged out of Fobwatch.</p>
    <p>
      Applications log it out when they next check with us. Those that keep no log in of their own do so within 10
      minutes.
    </p>
    {way.current && (
      <p>
        <strong>You are logged in with it now, so you will be logged out.</strong>
      </p>
    )}
    {others.length > 0 ? (
      <p>
        If you find it, log in with {others.map(({ name }) => `“${name}”`).join(' or ')} and select{' '}
        <strong>Use it again</strong>.
      </p>
    ) : (
      <p>You have no other way to log in. To get back in you must visit the desk. They check who you are.</p>
    )}
  </>
)

/** Reports a way to log in as lost, which pauses it at once. Nobody is asked for a check first: it has to be quick. */
export const LostWay = ({ way, others, onDone }: Props) => {
  const [loggedOut, setLoggedOut] = useState(false)
  const { load } = useSession()
  const task = useTask()
  const report = () =>
    task.run(async () => {
      await call('POST /api/authenticators/:id/lost', { id: way.id })
      if (!way.current) return onDone(`“${way.name}” is paused. Nobody can log in with it.`)
      setLoggedOut(true)
      await load() // Finds that the session ended with the way that had opened it.
    })

  if (loggedOut) return <LoggedOutBy title={`“${way.name}” is paused`} canLogIn={others.length > 0} />
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  return (
    <Page title={`Report “${way.name}” lost?`}>
      <WhatFollows way={way} others={others} />
      <Button kind="warning" busy={task.busy} onPress={report}>
        Report {way.name} lost
      </Button>
      <LineLink href="/ways">Go back without reporting it</LineLink>
    </Page>
  )
}
