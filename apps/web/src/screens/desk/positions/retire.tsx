import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import type { Done } from '../../../parts/use-done.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import { peopleWords } from './list.tsx'
import { useDeed } from './use-deed.ts'

/** Retires a position, once somebody has read what follows from it. */
export const RetirePage = ({ id, done }: { id: string; done: Done }) => {
  const back = `/desk/positions/${id}`
  const found = useFetched(id, () => call('GET /api/desk/positions/:id', { id }))
  const deed = useDeed('you retire a position', back)
  if (deed.page) return <>{deed.page}</>
  const trouble = found.trouble ?? deed.trouble
  if (trouble) return <TroublePage trouble={trouble} onRetry={found.trouble ? found.reload : deed.clear} />
  if (!found.value) return <Loading />
  const { name, version, holders } = found.value
  const retire = () =>
    deed.run(async () => {
      await call('POST /api/desk/positions/:id/retire', { id, version })
      done.finish(`${name} is retired.`, back)
    })
  return (
    <Page title={`Retire ${name}?`}>
      <p>Nobody can be given it any more. This cannot be undone.</p>
      <p>{peopleWords(holders)}. Whoever has it keeps it until it ends.</p>
      <Button kind="warning" busy={deed.busy} onPress={retire}>
        Retire it
      </Button>
      <LineLink href={back}>Go back without retiring it</LineLink>
    </Page>
  )
}
