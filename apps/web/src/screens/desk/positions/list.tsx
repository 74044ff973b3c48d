import type { DeskPosition, ListPositions, PositionSort } from '@fobwatch/contracts'
import { useEffect, useState } from 'preact/hooks'
import { Link, useLocation, useSearchParams } from 'wouter-preact'
import { call } from '../../../api.ts'
import { announce } from '../../../parts/announcer.tsx'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { Form, TextField } from '../../../parts/fields.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { SelectField } from '../../../parts/select-field.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'
import { useSession } from '../../../session.tsx'
import { ToGiveRoles } from '../work/many/to-give-roles.tsx'

const home = '/desk/positions'

const sorts = [
  { value: 'name', label: 'Name' },
  { value: 'organisation', label: 'Organisation' },
  { value: 'holders', label: 'Most people' },
]
const isSort = (word: string | null): word is PositionSort => sorts.some(({ value }) => value === word)

export const peopleWords = (count: number) =>
  count === 0 ? 'Nobody has it now' : `${count} ${count === 1 ? 'person has' : 'people have'} it now`

/** How many positions were found, of which `most` at most are shown. */
export const foundWords = (count: number, most = count) => {
  if (count === 0) return 'No position found'
  if (count === 1) return '1 position found'
  return count <= most ? `${count} positions found` : `The first ${most} positions found`
}

export const PositionTags = ({ of }: { of: Pick<DeskPosition, 'duty' | 'openedToSponsors' | 'retiredAt'> }) => (
  <>
    {of.duty && <strong class="nhsuk-tag nhsuk-tag--blue">Duty</strong>}{' '}
    {of.openedToSponsors && <strong class="nhsuk-tag nhsuk-tag--blue">Open to sponsors</strong>}{' '}
    {of.retiredAt && <strong class="nhsuk-tag nhsuk-tag--grey">Retired</strong>}
  </>
)

const Results = ({ query }: { query: string }) => {
  const wanted = new URLSearchParams(query)
  const [search, sort, after, at] = ['search', 'sort', 'after', 'at'].map((name) => wanted.get(name))
  const input: ListPositions = {
    ...(search && { search }),
    ...(isSort(sort ?? null) && { sort: sort as PositionSort }),
    ...(after && { after }),
    ...(at && { organisation: at }),
  }
  const found = useFetched(query, () => call('GET /api/desk/positions', input))
  const rows = found.value?.rows
  useEffect(() => {
    if (rows) announce(foundWords(rows.length))
  }, [rows])
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value || !rows) return <Loading />
  const with_ = (more: Record<string, string>) => {
    const next = new URLSearchParams(query)
    next.delete('after')
    for (const [name, value] of Object.entries(more)) next.set(name, value)
    return `${home}?${next}`
  }
  return (
    <>
      <h2 class="nhsuk-heading-m">{rows.length === 0 ? 'No position found' : 'Positions'}</h2>
      <ul class="fobwatch-results">
        {rows.map((row) => (
          <li class="fobwatch-result" key={row.id}>
            <Link class="fobwatch-line__link" href={`${home}/${row.id}`}>
              {row.name}
            </Link>{' '}
            <PositionTags of={row} />
            <br />
            {row.organisation.name}
            <br />
            {row.role?.name ?? row.duty?.name}
            <br />
            {peopleWords(row.holders)}
          </li>
        ))}
      </ul>
      {after && <LineLink href={with_({})}>First page</LineLink>}
      {found.value.next && <LineLink href={with_({ after: found.value.next })}>Next page</LineLink>}
    </>
  )
}

/** The positions of one's organisations, or of one of them, with a search that is kept in the address. */
export const PositionList = () => {
  const [, navigate] = useLocation()
  const [query] = useSearchParams()
  const { session } = useSession()
  const searched = query.get('search') ?? ''
  const at = query.get('at')
  const [search, setSearch] = useState(searched)
  const [sort, setSort] = useState(query.get('sort') ?? 'name')
  useEffect(() => setSearch(searched), [searched]) // Back brings the search back into the field.
  const tasks = session?.desk ?? []
  const find = () =>
    navigate(
      `${home}?${new URLSearchParams({ ...(at && { at }), ...(search.trim() && { search: search.trim() }), sort: sort || 'name' })}`,
    )
  return (
    <Page title={at ? `Positions at ${at}` : 'Positions'}>
      <p>A position is a role at a place, with what it lets people do. You give people positions.</p>
      {tasks.includes('edit-positions') && (
        <LineLink href={at ? `${home}/new?at=${at}` : '/desk/organisations'}>
          {at ? 'Add a position here' : 'To add a position, choose an organisation'}
        </LineLink>
      )}
      <ToGiveRoles />
      {tasks.includes('load-catalogue') && <LineLink href={`${home}/catalogue`}>Load the list of roles</LineLink>}
      {tasks.includes('find-person') && (
        <>
          <Form onSubmit={find}>
            <TextField id="search" label="Find by name or role" value={search} error={undefined} onInput={setSearch} />
            <SelectField id="sort" label="Sort by" options={sorts} value={sort} error={undefined} onChange={setSort} />
            <Button type="submit" kind="secondary">
              Find
            </Button>
          </Form>
          <Results query={query.toString()} />
        </>
      )}
    </Page>
  )
}
