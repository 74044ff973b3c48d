import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import type { Done } from '../../../parts/use-done.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import { useTask } from '../../../parts/use-task.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'
import { hrefOf } from './one.tsx'

interface Props {
  id: string
  off: boolean
  done: Done
}

const StopWords = () => (
  <>
    <p>Nobody can log in to it from that moment, and it is refused whatever it asks for.</p>
    <p>Everything it was given ends at once. It does not come back when you start it again: people log in anew.</p>
    <p>An API may go on taking a token that it checks by itself, until the token ends.</p>
  </>
)

/** Stops an application, or starts it again, once somebody has read what follows from it. */
export const TurnPage = ({ id, off, done }: Props) => {
  const found = useFetched(id, () => call('GET /api/desk/clients/:id', { id }))
  const task = useTask()
  const check = useFreshCheck(task, off ? 'you stop an application' : 'you start an application', hrefOf(id))
  const name = found.value?.name
  const turn = () =>
    check.run(async () => {
      await (off
        ? call('POST /api/desk/clients/:id/disable', { id })
        : call('POST /api/desk/clients/:id/enable', { id }))
      done.finish(off ? `${name} is stopped.` : `${name} is started again.`, hrefOf(id))
    })
  if (check.page) return <>{check.page}</>
  const trouble = found.trouble ?? task.trouble
  if (trouble) return <TroublePage trouble={trouble} onRetry={found.trouble ? found.reload : task.clear} />
  if (!name) return <Loading />
  return (
    <Page title={off ? `Stop ${name}?` : `Start ${name} again?`}>
      {off ? <StopWords /> : <p>People can log in to it again, as it is registered now.</p>}
      <Button kind={off ? 'warning' : undefined} busy={task.busy} onPress={turn}>
        {off ? `Stop ${name}` : `Start ${name}`}
      </Button>
      <LineLink href={hrefOf(id)}>Go back without doing this</LineLink>
    </Page>
  )
}
