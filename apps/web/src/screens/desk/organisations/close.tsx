import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import type { Done } from '../../../parts/use-done.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import { useDeed } from '../positions/use-deed.ts'

/** Closes an organisation to new people, or opens it again, once somebody has read what follows from it. */
export const ClosePage = ({ code, done }: { code: string; done: Done }) => {
  const back = `/desk/organisations/${code}`
  const found = useFetched(code, () => call('GET /api/desk/organisations/:code', { code }))
  const deed = useDeed('you close or open an organisation', back)
  if (deed.page) return <>{deed.page}</>
  const trouble = found.trouble ?? deed.trouble
  if (trouble) return <TroublePage trouble={trouble} onRetry={found.trouble ? found.reload : deed.clear} />
  if (!found.value) return <Loading />
  const { name, closedAt } = found.value
  const turn = () =>
    deed.run(async () => {
      await (closedAt
        ? call('POST /api/desk/organisations/:code/reopen', { code })
        : call('POST /api/desk/organisations/:code/close', { code }))
      done.finish(closedAt ? `${name} is open again.` : `${name} is closed to new people.`, back)
    })
  return (
    <Page title={closedAt ? `Open ${name} again?` : `Close ${name}?`}>
      <p>
        {closedAt
          ? 'People can be added and given positions there again.'
          : 'Nobody can be added or given a position there any more. Whoever is there keeps what they have.'}
      </p>
      <Button kind={closedAt ? undefined : 'warning'} busy={deed.busy} onPress={turn}>
        {closedAt ? 'Open it again' : 'Close it'}
      </Button>
      <LineLink href={back}>Go back without doing this</LineLink>
    </Page>
  )
}
