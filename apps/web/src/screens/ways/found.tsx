import type { Authenticator } from '@fobwatch/contracts'
import { call } from '../../api.ts'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useTask } from '../../parts/use-task.ts'
import { useFreshCheck } from '../check/use-fresh-check.tsx'

interface Props {
  way: Authenticator
  onDone: (message: string) => void
}

/** Ends the pause of a way to log in that its holder had reported lost. */
export const FoundWay = ({ way, onDone }: Props) => {
  const task = useTask()
  const check = useFreshCheck(task, `you use “${way.name}” again`, '/ways')
  const start = () =>
    check.run(async () => {
      await call('POST /api/authenticators/:id/found', { id: way.id })
      onDone(`“${way.name}” is not paused any more. You can log in with it now.`)
    })

  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  return (
    <Page title={`Use “${way.name}” again?`}>
      <p>Do this only if you have it back, and nobody else has used it.</p>
      <p>If you are not sure, remove it instead and set up another.</p>
      <Button busy={task.busy} onPress={start}>
        Use it again
      </Button>
      <LineLink href="/ways">Go back and leave it paused</LineLink>
    </Page>
  )
}
