import type { OrganisationInFull } from '@fobwatch/contracts'
import { Link } from 'wouter-preact'
import { call } from '../../../api.ts'
import { SuccessBanner } from '../../../parts/banner.tsx'
import { LineLink } from '../../../parts/buttons.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { SummaryList } from '../../../parts/summary-list.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import type { Done } from '../../../parts/use-done.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import { dayWords } from '../../../words/dates.ts'
import { Branch } from './list.tsx'

const factsOf = ({ code, path, positions, closedAt }: OrganisationInFull) => [
  { key: 'Code', value: code },
  {
    key: 'Part of',
    value: path.length === 0 ? 'Nothing that you look after' : path.map(({ name }) => name).join(', '),
  },
  { key: 'Positions', value: String(positions) },
  { key: 'Takes new people', value: closedAt ? `No, closed on ${dayWords(closedAt)}` : 'Yes' },
]

const Workgroups = ({ of }: { of: OrganisationInFull }) => (
  <>
    <h2 class="nhsuk-heading-m">Workgroups</h2>
    {of.workgroups.length === 0 && <p>None.</p>}
    <ul class="fobwatch-results">
      {of.workgroups.map(({ code, name }) => (
        <li class="fobwatch-result" key={code}>
          {name}
          <br />
          {code}
          {of.mayAddPositions && (
            <>
              <br />
              <Link class="fobwatch-line__link" href={`/desk/organisations/${of.code}/workgroups/${code}`}>
                Rename<span class="nhsuk-u-visually-hidden"> {name}</span>
              </Link>
            </>
          )}
        </li>
      ))}
    </ul>
    {of.mayAddPositions && <LineLink href={`/desk/organisations/${of.code}/workgroups/new`}>Add a workgroup</LineLink>}
  </>
)

/** One organisation: what is above and below it, and what it has. */
export const OrganisationPage = ({ code, done }: { code: string; done: Done }) => {
  const found = useFetched(`${code} ${done.text}`, () => call('GET /api/desk/organisations/:code', { code }))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  const of = found.value
  if (!of) return <Loading />
  const here = `/desk/organisations/${code}`
  return (
    <Page title={of.name} before={<SuccessBanner text={done.text} />}>
      <SummaryList rows={factsOf(of)} />
      <LineLink href={`/desk/positions?at=${code}`}>Positions here</LineLink>
      {of.mayAddPositions && <LineLink href={`/desk/positions/new?at=${code}`}>Add a position here</LineLink>}
      <h2 class="nhsuk-heading-m">Below it</h2>
      <Branch key={`${code} ${done.text}`} asked={{ under: code }} />
      <Workgroups of={of} />
      {of.mayEdit && (
        <>
          <h2 class="nhsuk-heading-m">Change it</h2>
          {!of.closedAt && <LineLink href={`${here}/add`}>Add an organisation below it</LineLink>}
          <LineLink href={`${here}/rename`}>Change its name</LineLink>
          <LineLink href={`${here}/move`}>Move it</LineLink>
          <LineLink href={`${here}/close`}>{of.closedAt ? 'Open it again' : 'Close it'}</LineLink>
        </>
      )}
      <LineLink href="/desk/organisations">All organisations</LineLink>
    </Page>
  )
}
