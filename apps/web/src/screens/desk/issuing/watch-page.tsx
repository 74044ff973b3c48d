import { call } from '../../../api.ts'
import { LineLink } from '../../../parts/buttons.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { SummaryList } from '../../../parts/summary-list.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'
import { momentWords } from '../../../words/dates.ts'
import { channelWords, deviceWords, howWords } from '../../../words/issuing.ts'
import { Progress } from './progress.tsx'
import { useCancel } from './use-cancel.tsx'

/** One link, code or pass that was made before: what it was for, what became of it, and how it is cancelled. */
export const WatchPage = ({ staffId, id }: { staffId: string; id: string }) => {
  const person = `/desk/people/${staffId}`
  const found = useFetched(`${staffId} ${id}`, async () => {
    const [status, { name }] = await Promise.all([
      call('GET /api/desk/people/:staffId/invitations/:id', { staffId, id }),
      call('GET /api/desk/people/:staffId', { staffId }),
    ])
    return { status, name }
  })
  const cancel = useCancel(staffId, found.reload)

  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (cancel.page) return <>{cancel.page}</>
  if (!found.value) return <Loading />
  const { name, status } = found.value
  const rows = [
    { key: 'Made', value: momentWords(status.createdAt) },
    { key: 'Works until', value: momentWords(status.expiresAt) },
    { key: 'Device', value: status.device ? deviceWords[status.device] : 'Whatever they have' },
    { key: 'How they set it up', value: howWords[status.how] },
  ]
  return (
    <Page title={`${channelWords[status.channel]} for ${name}`}>
      <SummaryList rows={rows} />
      <Progress key={cancel.round} staffId={staffId} id={id}>
        {cancel.button}
      </Progress>
      <LineLink href={person}>Go back to {name}</LineLink>
    </Page>
  )
}
