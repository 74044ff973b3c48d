import type { FoundPerson } from '@fobwatch/contracts'
import { useEffect, useRef } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { call } from '../../api.ts'
import { announce } from '../../parts/announcer.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { StatusTag } from './status-tag.tsx'

const most = 10

const countWords = (count: number) => {
  if (count === 1) return '1 person found'
  return count < most ? `${count} people found` : `The first ${most} people found`
}

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

const Nobody = ({ search }: { search: string }) => (
  <>
    <h2 class="nhsuk-heading-m">Nobody found for “{search}”</h2>
    <p>The search finds people of the organisations that you look after only.</p>
    <p>Check the spelling. Or search for the work email or the user number instead.</p>
  </>
)

/** Who was found. Until the next answer is there, the last one stays. */
export const FoundPeople = ({ search }: { search: string }) => {
  const found = useFetched(search, () => call('GET /api/desk/people', { search }))
  const last = useRef<{ search: string; people: FoundPerson[] }>()
  if (found.value) last.current = { search, people: found.value.people }
  const people = found.value?.people
  useEffect(() => {
    if (people) announce(people.length === 0 ? 'Nobody found' : countWords(people.length))
  }, [people])
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!last.current) return null
  if (last.current.people.length === 0) return <Nobody search={last.current.search} />
  return (
    <>
      <h2 class="nhsuk-heading-m">{countWords(last.current.people.length)}</h2>
      <ul class="fobwatch-results">
        {last.current.people.map((person) => (
          <Person key={person.staffId} person={person} />
        ))}
      </ul>
    </>
  )
}
