import { call } from '../../../../api.ts'
import { Button, LineLink } from '../../../../parts/buttons.tsx'
import { Loading } from '../../../../parts/loading.tsx'
import { Page } from '../../../../parts/page.tsx'
import { TroublePage } from '../../../../parts/trouble-page.tsx'
import type { Done } from '../../../../parts/use-done.ts'
import { useFetched } from '../../../../parts/use-fetched.ts'
import { useTask } from '../../../../parts/use-task.ts'
import { useFreshCheck } from '../../../check/use-fresh-check.tsx'
import { NotFound } from '../../../not-found/index.tsx'
import { hrefOf, secretWords } from '../one.tsx'

interface Props {
  id: string
  secretId: string
  done: Done
}

/** Ends one secret of an application at once. */
export const EndSecretPage = ({ id, secretId, done }: Props) => {
  const found = useFetched(id, () => call('GET /api/desk/clients/:id', { id }))
  const task = useTask()
  const check = useFreshCheck(task, 'you end a secret', hrefOf(id))
  const end = () =>
    check.run(async () => {
      await call('POST /api/desk/clients/:id/secrets/:secretId/end', { id, secretId })
      done.finish('The secret is ended. Nobody can use it any more.', hrefOf(id))
    })
  if (check.page) return <>{check.page}</>
  const trouble = found.trouble ?? task.trouble
  if (trouble) return <TroublePage trouble={trouble} onRetry={found.trouble ? found.reload : task.clear} />
  if (!found.value) return <Loading />
  const { name, secrets } = found.value
  const secret = secrets.find((each) => each.id === secretId)
  if (!secret) return <NotFound />
  return (
    <Page title="End this secret now?">
      <p>
        {name}. {secretWords(secret)}
      </p>
      <p>Nobody can use it from that moment.</p>
      {secrets.length === 1 && <p>It is the only one. {name} stops working until it has another.</p>}
      <Button kind="warning" busy={task.busy} onPress={end}>
        End the secret
      </Button>
      <LineLink href={hrefOf(id)}>Go back without ending it</LineLink>
    </Page>
  )
}
