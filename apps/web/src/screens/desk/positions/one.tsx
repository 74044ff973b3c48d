import type { CodeAndName, PositionInFull } from '@fobwatch/contracts'
import { call } from '../../../api.ts'
import { SuccessBanner } from '../../../parts/banner.tsx'
import { LineLink } from '../../../parts/buttons.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { SummaryList } from '../../../parts/summary-list.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import type { Done } from '../../../parts/use-done.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import { useSession } from '../../../session.tsx'
import { dayWords } from '../../../words/dates.ts'
import { Holders } from './holders.tsx'
import { PositionTags, peopleWords } from './list.tsx'

const named = (list: readonly CodeAndName[]) =>
  list.length === 0 ? 'None' : list.map(({ code, name }) => `${name} (${code})`).join(', ')

const factsOf = (position: PositionInFull) => [
  { key: 'Organisation', value: `${position.organisation.name} (${position.organisation.code})` },
  position.duty
    ? { key: 'Duty at the desk', value: position.duty.name }
    : { key: 'Role', value: position.role ? `${position.role.name} (${position.role.code})` : 'None' },
  { key: 'Added activities', value: named(position.activities) },
  { key: 'All activities', value: named(position.effective) },
  { key: 'Workgroups', value: named(position.workgroups) },
  { key: 'Area of work', value: position.areaOfWork ? named([position.areaOfWork]) : 'None' },
  { key: 'Notes', value: position.notes ?? 'None' },
  { key: 'People', value: peopleWords(position.holders) },
  { key: 'Approved by', value: position.approvedBy ?? 'Nobody: it came with the service' },
  { key: 'Made on', value: dayWords(position.createdAt) },
]

/** One position, with all that it lets people do. */
export const PositionPage = ({ id, done }: { id: string; done: Done }) => {
  const seesHolders = useSession().session?.desk.includes('report-positions')
  const found = useFetched(`${id} ${done.text}`, () => call('GET /api/desk/positions/:id', { id }))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  const position = found.value
  if (!position) return <Loading />
  return (
    <Page title={position.name} before={<SuccessBanner text={done.text} />}>
      <p>
        <PositionTags of={position} />
      </p>
      <SummaryList rows={factsOf(position)} />
      {seesHolders && position.holders > 0 && <Holders position={id} />}
      {position.mayEdit && <LineLink href={`/desk/positions/${id}/edit`}>Change this position</LineLink>}
      {position.mayEdit && <LineLink href={`/desk/positions/${id}/retire`}>Retire this position</LineLink>}
      <LineLink href={`/desk/positions?at=${position.organisation.code}`}>
        Positions at {position.organisation.name}
      </LineLink>
    </Page>
  )
}
