import type { DeskRequest } from '@fobwatch/contracts'
import { useEffect } from 'preact/hooks'
import { Link, useSearchParams } from 'wouter-preact'
import { call } from '../../../api.ts'
import { announce } from '../../../parts/announcer.tsx'
import { LineLink } from '../../../parts/buttons.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { type Column, Table } from '../../../parts/table.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'
import { momentWords } from '../../../words/dates.ts'
import { aboutWords, askedWords } from '../../../words/requests.ts'
import { ApprovedLine } from './approved-line.tsx'
import { type Filter, FilterForm, kindIn, stateIn } from './filter.tsx'
import { type ListName, lists } from './lists.ts'
import { StateTag } from './state-tag.tsx'

const whoHasIt = ({ state, held, heldBy, raisedBy, mine }: DeskRequest): string => {
  if (held) return 'You'
  if (heldBy) return heldBy
  if (state === 'approved') return mine ? 'You' : raisedBy.name
  return 'Nobody'
}

const columns: readonly Column<DeskRequest>[] = [
  {
    heading: 'Person',
    cell: (request) => (
      <Link class="fobwatch-line__link" href={`/desk/requests/${request.id}`}>
        {aboutWords(request)}
        <span class="nhsuk-u-visually-hidden"> ({askedWords(request)})</span>
      </Link>
    ),
  },
  { heading: 'What is asked', cell: askedWords },
  { heading: 'Due', cell: ({ dueAt }) => momentWords(dueAt) },
  { heading: 'Status', cell: (request) => <StateTag request={request} /> },
  { heading: 'Who has it', cell: whoHasIt },
]

const filtersFrom = 5

const countWords = (total: number): string => (total === 1 ? '1 request' : `${total} requests`)

/** One of the three lists of requests. */
export const RequestList = ({ list }: { list: ListName }) => {
  const { title, none } = lists[list]
  const [params, setParams] = useSearchParams()
  const [kind, state, after] = [kindIn(params.get('kind')), stateIn(params.get('state')), params.get('after')]
  const query = { list, ...(kind && { kind }), ...(state && { state }), ...(after && { after }) }
  const found = useFetched(JSON.stringify(query), () => call('GET /api/desk/requests', query))
  const total = found.value?.total
  const isFiltered = kind !== undefined || state !== undefined
  useEffect(() => {
    if (isFiltered && total !== undefined) announce(countWords(total))
  }, [isFiltered, total, kind, state])

  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  const page = found.value
  if (!page) return <Loading />
  const apply = (filter: Filter) => setParams(Object.entries(filter).filter(([, value]) => value !== ''))
  const others = (Object.keys(lists) as ListName[]).filter((each) => each !== list)
  return (
    <Page title={title} wide>
      {list === 'to-decide' && <ApprovedLine />}
      {(isFiltered || page.total >= filtersFrom) && (
        <FilterForm
          filter={{ kind: kind ?? '', state: state ?? '' }}
          withState={list !== 'to-decide'}
          onApply={apply}
        />
      )}
      {page.rows.length === 0 ? (
        <p>{isFiltered ? 'No request is like that.' : none}</p>
      ) : (
        <>
          <p>{countWords(page.total)}</p>
          <Table caption={title} columns={columns} rows={page.rows} keyOf={({ id }) => id} />
        </>
      )}
      {page.next && (
        <LineLink href={`${lists[list].href}?${new URLSearchParams({ ...paramsOf(query), after: page.next })}`}>
          Next page
        </LineLink>
      )}
      {others.map((each) => (
        <LineLink key={each} href={lists[each].href}>
          {lists[each].link}
        </LineLink>
      ))}
    </Page>
  )
}

const paramsOf = ({ kind, state }: { kind?: string; state?: string }): Record<string, string> => ({
  ...(kind && { kind }),
  ...(state && { state }),
})
