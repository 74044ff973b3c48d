import type { DeskOrganisation, ListOrganisations } from '@fobwatch/contracts'
import { useEffect, useState } from 'preact/hooks'
import { Link, useLocation, useSearchParams } from 'wouter-preact'
import { call } from '../../../api.ts'
import { announce } from '../../../parts/announcer.tsx'
import { Button } from '../../../parts/buttons.tsx'
import { Form, TextField } from '../../../parts/fields.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'

const home = '/desk/organisations'

const belowWords = (count: number) => (count === 0 ? '' : `, ${count} below it`)

const Organisation = ({ of, level }: { of: DeskOrganisation; level: number }) => {
  const [open, setOpen] = useState(false)
  return (
    <li class="fobwatch-result">
      <Link class="fobwatch-line__link" href={`${home}/${of.code}`}>
        {of.name}
      </Link>{' '}
      {of.closedAt && <strong class="nhsuk-tag nhsuk-tag--grey">Closed</strong>}
      <br />
      {of.code}
      {belowWords(of.children)}
      {of.children > 0 && (
        <details class="nhsuk-details" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary class="nhsuk-details__summary">
            <span class="nhsuk-details__summary-text">
              Show what is below<span class="nhsuk-u-visually-hidden"> {of.name}</span>
            </span>
          </summary>
          <div class="nhsuk-details__text">{open && <Branch asked={{ under: of.code }} level={level + 1} />}</div>
        </details>
      )}
    </li>
  )
}

/** Those that one question finds, a page at a time. */
export const Branch = ({ asked, level = 0 }: { asked: ListOrganisations; level?: number }) => {
  const [after, setAfter] = useState<string>()
  const found = useFetched(JSON.stringify([asked, after]), () =>
    call('GET /api/desk/organisations', { ...asked, ...(after && { after }) }),
  )
  const rows = found.value?.rows
  useEffect(() => {
    if (rows && asked.search) announce(rows.length === 0 ? 'No organisation found' : `${rows.length} organisations`)
  }, [rows])
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value || !rows) return <Loading />
  const { next } = found.value
  return (
    <>
      {rows.length === 0 && <p>None found.</p>}
      <ul class="fobwatch-results">
        {rows.map((row) => (
          <Organisation key={row.code} of={row} level={level} />
        ))}
      </ul>
      {after && (
        <Button kind="secondary" onPress={() => setAfter(undefined)}>
          First page
        </Button>
      )}{' '}
      {next && (
        <Button kind="secondary" onPress={() => setAfter(next)}>
          Next page
        </Button>
      )}
    </>
  )
}

/** The organisations that one looks after, as a tree, with a search that is kept in the address. */
export const OrganisationTree = () => {
  const [, navigate] = useLocation()
  const searched = useSearchParams()[0].get('search') ?? ''
  const [search, setSearch] = useState(searched)
  useEffect(() => setSearch(searched), [searched]) // Back brings the search back into the field.
  const find = () => navigate(search.trim() ? `${home}?search=${encodeURIComponent(search.trim())}` : home)
  return (
    <Page title="Organisations">
      <Form onSubmit={find}>
        <TextField id="search" label="Find by name or code" value={search} error={undefined} onInput={setSearch} />
        <Button type="submit" kind="secondary">
          Find
        </Button>
      </Form>
      <h2 class="nhsuk-heading-m">{searched ? `Found for “${searched}”` : 'Yours, and those below'}</h2>
      <Branch key={searched} asked={searched ? { search: searched } : {}} />
    </Page>
  )
}
