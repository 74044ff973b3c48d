import { call } from '../../../../api.ts'
import { Button, LineLink } from '../../../../parts/buttons.tsx'
import { Loading } from '../../../../parts/loading.tsx'
import { Page } from '../../../../parts/page.tsx'
import { SummaryList } from '../../../../parts/summary-list.tsx'
import { TroublePage } from '../../../../parts/trouble-page.tsx'
import type { Done } from '../../../../parts/use-done.ts'
import { useFetched } from '../../../../parts/use-fetched.ts'
import { useTask } from '../../../../parts/use-task.ts'
import { useFreshCheck } from '../../../check/use-fresh-check.tsx'
import { NotFound } from '../../../not-found/index.tsx'
import { rowsOfAnchor } from './list.tsx'

const list = '/desk/policies/anchors'

/** Ends trust in a certificate, once somebody has read what follows from it. */
export const RemoveAnchorPage = ({ id, done }: { id: string; done: Done }) => {
  const found = useFetched(id, async () => (await call('GET /api/desk/anchors', {})).anchors)
  const task = useTask()
  const check = useFreshCheck(task, 'you remove a certificate', list)
  const anchor = found.value?.find((each) => each.id === id && each.mayRemove)
  const remove = () =>
    check.run(async () => {
      await call('POST /api/desk/anchors/:id/remove', { id })
      done.finish(`“${anchor?.name}” is removed. It vouches for no device any more.`, list)
    })
  if (check.page) return <>{check.page}</>
  const trouble = found.trouble ?? task.trouble
  if (trouble) return <TroublePage trouble={trouble} onRetry={found.trouble ? found.reload : task.clear} />
  if (!found.value) return <Loading />
  if (!anchor) return <NotFound />
  return (
    <Page title={`Remove “${anchor.name}”?`}>
      <p>Devices that it vouched for give a standard check from the next log in. They may then not meet some rules.</p>
      <p>People who may only use a strong check are locked out, unless they have another device for it.</p>
      <SummaryList rows={rowsOfAnchor(anchor)} />
      <Button kind="warning" busy={task.busy} onPress={remove}>
        Remove {anchor.name}
      </Button>
      <LineLink href={list}>Go back without removing it</LineLink>
    </Page>
  )
}
