import type { Authenticator } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../api.ts'
import { signalAccepted } from '../../ceremony/index.ts'
import { Button, ButtonLink, LineLink } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useTask } from '../../parts/use-task.ts'
import { useSession } from '../../session.tsx'
import { asTrouble } from '../../trouble.ts'
import { useFreshCheck } from '../check/use-fresh-check.tsx'
import { LoggedOutBy } from './logged-out-by.tsx'

interface Props {
  way: Authenticator
  /** The person's other ways that work. */
  others: readonly Authenticator[]
  onDone: (message: string) => void
}

interface AskProps extends Pick<Props, 'way'> {
  busy: boolean
  onRemove: () => unknown
}

const Confirm = ({ way, others, busy, onRemove }: AskProps & Pick<Props, 'others'>) => (
  <Page title={`Remove “${way.name}”?`}>
    <p>You will not be able to log in with it. Next time, use {others.map(({ name }) => `“${name}”`).join(' or ')}.</p>
    {way.current && <p>You are logged in with it now, so you will be logged out.</p>}
    <Button kind="warning" busy={busy} onPress={onRemove}>
      Remove {way.name}
    </Button>
    <LineLink href="/ways">Go back without removing it</LineLink>
  </Page>
)

const ConfirmLast = ({ way, busy, onRemove }: AskProps) => (
  <Page title="This is your last way to log in">
    <p>If you remove “{way.name}”, you cannot log in any more.</p>
    <p>To get back in you must visit the desk. They check who you are and give you a new set-up link.</p>
    <p>You will be logged out straight away.</p>
    <ButtonLink href="/ways">Keep it</ButtonLink>
    <p>
      <Button kind="warning" busy={busy} onPress={onRemove}>
        Remove it anyway
      </Button>
    </p>
  </Page>
)

/** Removes a way to log in, once the person has read what follows from it. */
export const RemoveWay = ({ way, others, onDone }: Props) => {
  const [last, setLast] = useState(others.length === 0)
  const [removed, setRemoved] = useState(false)
  const { load } = useSession()
  const task = useTask()
  const check = useFreshCheck(task, `you remove “${way.name}”`, '/ways')

  const remove = () =>
    check.run(async () => {
      try {
        const { signals } = await call('DELETE /api/authenticators/:id', { id: way.id, evenIfLast: last })
        signalAccepted(signals)
      } catch (thrown) {
        if (asTrouble(thrown).code !== 'last_authenticator') throw thrown
        return setLast(true)
      }
      if (!way.current && !last) return onDone(`“${way.name}” is removed.`)
      setRemoved(true)
      await load() // Finds that the session ended with the way that had opened it.
    })

  if (removed) return <LoggedOutBy title={`“${way.name}” is removed`} canLogIn={!last} />
  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  if (last) return <ConfirmLast way={way} busy={task.busy} onRemove={remove} />
  return <Confirm way={way} others={others} busy={task.busy} onRemove={remove} />
}
