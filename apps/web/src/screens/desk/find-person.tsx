import type { FoundPerson } from '@fobwatch/contracts'
import { useEffect, useState } from 'preact/hooks'
import { Link, useLocation, useSearchParams } from 'wouter-preact'
import { call } from '../../api.ts'
import { announce } from '../../parts/announcer.tsx'
import { Button } from '../../parts/buttons.tsx'
import { ErrorSummary, type FieldError, Form, TextField } from '../../parts/fields.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { StatusTag } from './status-tag.tsx'

const field = 'search'
const shortest = 2

const countWords = (count: number) => (count === 1 ? '1 person found' : `${count} people found`)

const Person = ({ person }: { person: FoundPerson }) => (
  <li class="fobwatch-result">
    <Link class="fobwatch-line__link" href={`/desk/people/${person.staffId}`}>
      {person.name}
    </Link>{' '}
    <StatusTag person={person} />
    <br />
    {[person.role, person.organisation].filter(Boolean).join(', ')}
    <br />
    User number {person.staffId}
  </li>
)

const Results = ({ search }: { search: string }) => {
  const found = useFetched(search, () => call('GET /api/desk/people', { search }))
  const people = found.value?.people
  useEffect(() => {
    if (people) announce(people.length === 0 ? 'Nobody found' : countWords(people.length))
  }, [people])
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!people) return null
  if (people.length === 0)
    return (
      <>
        <h2 class="nhsuk-heading-m">Nobody found for “{search}”</h2>
        <p>The search finds people of the organisations that you look after only.</p>
        <p>Check the spelling. Or search for the work email or the user number instead.</p>
      </>
    )
  return (
    <>
      <h2 class="nhsuk-heading-m">{countWords(people.length)}</h2>
      <ul class="fobwatch-results">
        {people.map((person) => (
          <Person key={person.staffId} person={person} />
        ))}
      </ul>
    </>
  )
}

/** Where the desk begins: one search, kept in the address so that Back comes back to it. */
export const FindPerson = () => {
  const [, navigate] = useLocation()
  const searched = useSearchParams()[0].get('search') ?? ''
  const [value, setValue] = useState(searched)
  const [error, setError] = useState<FieldError>()
  useEffect(() => setValue(searched), [searched]) // Back brings the search back into the field.
  const find = () => {
    const wanted = value.trim()
    if (wanted.length < shortest) return setError({ field, message: `Enter at least ${shortest} characters` })
    setError(undefined)
    navigate(`/desk?search=${encodeURIComponent(wanted)}`)
  }
  return (
    <Page title="Find a person" hasErrors={error !== undefined} before={<ErrorSummary error={error} />}>
      <Form onSubmit={find}>
        <TextField id={field} label="Name, user number or work email" value={value} error={error} onInput={setValue} />
        <Button type="submit">Search</Button>
      </Form>
      {searched.length >= shortest && <Results search={searched} />}
    </Page>
  )
}
