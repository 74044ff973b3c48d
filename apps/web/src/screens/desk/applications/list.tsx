import type { ClientSummary, DeskRequest, FindClients } from '@fobwatch/contracts'
import { useEffect, useState } from 'preact/hooks'
import { Link, useLocation, useSearchParams } from 'wouter-preact'
import { call } from '../../../api.ts'
import { announce } from '../../../parts/announcer.tsx'
import { Button, ButtonLink, LineLink } from '../../../parts/buttons.tsx'
import { ChooseOne } from '../../../parts/choices.tsx'
import { Form, TextField } from '../../../parts/fields.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'
import { momentWords } from '../../../words/dates.ts'

const home = '/desk/applications'

const sorts = [
  { value: 'all', label: 'All' },
  { value: 'production', label: 'For real work' },
  { value: 'sandbox', label: 'For tests only' },
  { value: 'disabled', label: 'Stopped' },
]

const isSort = (word: string | null): word is NonNullable<FindClients['only']> =>
  word === 'production' || word === 'sandbox' || word === 'disabled'

/** What is unusual about an application, in a word or two. */
export const ApplicationTags = ({ of }: { of: Pick<ClientSummary, 'status' | 'sandbox'> }) => (
  <>
    {of.sandbox && <strong class="nhsuk-tag nhsuk-tag--grey">Tests only</strong>}{' '}
    {of.status === 'disabled' && <strong class="nhsuk-tag nhsuk-tag--red">Stopped</strong>}
  </>
)

const Waiting = () => {
  const asked = useFetched('requests', () => call('GET /api/desk/requests', { list: 'mine', kind: 'add-client' }))
  const waiting = (asked.value?.rows ?? []).filter(({ state }) => state === 'open' || state === 'approved')
  if (waiting.length === 0) return null
  return (
    <>
      <h2 class="nhsuk-heading-m">What you asked a second person</h2>
      <ul class="fobwatch-results">
        {waiting.map((request) => (
          <WaitingFor key={request.id} request={request} />
        ))}
      </ul>
    </>
  )
}

const WaitingFor = ({ request: { id, state, raisedAt } }: { request: DeskRequest }) => (
  <li class="fobwatch-result">
    <Link class="fobwatch-line__link" href={`${home}/finish/${id}`}>
      {state === 'approved' ? 'Finish it' : 'See it'}
      <span class="nhsuk-u-visually-hidden"> (asked at {momentWords(raisedAt)})</span>
    </Link>{' '}
    <strong class="nhsuk-tag nhsuk-tag--blue">{state === 'approved' ? 'Agreed' : 'Waiting for second person'}</strong>
    <br />
    Asked at {momentWords(raisedAt)}
  </li>
)

const countWords = (count: number) => (count === 1 ? '1 application' : `${count} applications`)

const Results = ({ query }: { query: string }) => {
  const wanted = new URLSearchParams(query)
  const [search, only, after] = [wanted.get('search'), wanted.get('only'), wanted.get('after')]
  const input = { ...(search && { search }), ...(isSort(only) && { only }), ...(after && { after }) }
  const found = useFetched(query, () => call('GET /api/desk/clients', input))
  useEffect(() => {
    if (found.value) announce(countWords(found.value.total))
  }, [found.value])
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value) return <Loading />
  const { clients, next, total } = found.value
  const onward = new URLSearchParams({ ...(search && { search }), ...(only && { only }), after: next ?? '' })
  return (
    <>
      <h2 class="nhsuk-heading-m">{countWords(total)}</h2>
      <ul class="fobwatch-results">
        {clients.map((each) => (
          <li class="fobwatch-result" key={each.id}>
            <Link class="fobwatch-line__link" href={`${home}/of/${each.id}`}>
              {each.name}
            </Link>{' '}
            <ApplicationTags of={each} />
            <br />
            <span class="fobwatch-breakable">{each.id}</span>
          </li>
        ))}
      </ul>
      {after && <LineLink href={home}>First page</LineLink>}
      {next && <LineLink href={`${home}?${onward}`}>Next page</LineLink>}
    </>
  )
}

/** The applications, with a search that is kept in the address. */
export const ApplicationListPage = () => {
  const [, navigate] = useLocation()
  const [query] = useSearchParams()
  const searched = query.get('search') ?? ''
  const [search, setSearch] = useState(searched)
  const [only, setOnly] = useState(query.get('only') ?? 'all')
  useEffect(() => setSearch(searched), [searched]) // Back brings the search back into the field.
  const find = () => {
    const wanted = { ...(search.trim() && { search: search.trim() }), ...(only !== 'all' && { only }) }
    navigate(`${home}?${new URLSearchParams(wanted)}`)
  }
  return (
    <Page title="Applications">
      <p>People log in to applications. An application that is not here cannot ask anybody to log in.</p>
      <ButtonLink href={`${home}/new`}>Add an application</ButtonLink>
      <Waiting />
      <Form onSubmit={find}>
        <TextField id="search" label="Find by name or id" value={search} error={undefined} onInput={setSearch} />
        <details class="nhsuk-details" open={only !== 'all'}>
          <summary class="nhsuk-details__summary">
            <span class="nhsuk-details__summary-text">Show some only</span>
          </summary>
          <div class="nhsuk-details__text">
            <ChooseOne
              id="only"
              legend="Which applications?"
              options={sorts}
              value={only}
              error={undefined}
              onChange={setOnly}
            />
          </div>
        </details>
        <Button type="submit" kind="secondary">
          Find
        </Button>
      </Form>
      <Results query={query.toString()} />
      <LineLink href={`${home}/apis`}>APIs that applications may call</LineLink>
    </Page>
  )
}
