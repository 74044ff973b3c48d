import type { PossibleMatch } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { Button, LineLink } from '../../../../parts/buttons.tsx'
import { Checkbox, ErrorSummary, type FieldError, Form } from '../../../../parts/fields.tsx'
import { Page } from '../../../../parts/page.tsx'
import { dayWords } from '../../../../words/dates.ts'
import { alikeWords } from '../../../../words/people.ts'

interface Props {
  matches: readonly PossibleMatch[]
  busy: boolean
  onAdd: (acknowledged: readonly string[]) => unknown
}

const commonWords = ({ alikeIn }: PossibleMatch) => alikeIn.map((each) => alikeWords[each] ?? each).join(', ')

const statusWords = { active: '', suspended: ' Their profile is paused.', closed: ' Their profile is closed.' }

const Match = ({ match }: { match: PossibleMatch }) => {
  const { person, how } = match
  const likely = how === 'likely' ? 'Likely to be the same' : 'May be the same'
  if (!person)
    return (
      <li>
        <strong>Somebody at another organisation.</strong> {likely}: {commonWords(match)}. You may not see who. Ask the
        desk there, or whoever runs this service.
      </li>
    )
  return (
    <li>
      <a href={`/desk/people/${person.staffId}`} target="_blank" rel="noreferrer">
        {person.name}, user number {person.staffId} (opens in a new tab)
      </a>
      {person.birthDate && `, born ${dayWords(person.birthDate, 'UTC')}`}
      {person.organisation && `, ${person.organisation}`}. {likely}: {commonWords(match)}.{statusWords[person.status]}
    </li>
  )
}

const field = 'looked'

/** Whoever may be the same as the new person: they are looked at before there is another profile. */
export const Alike = ({ matches, busy, onAdd }: Props) => {
  const [isLookedAt, setLookedAt] = useState(false)
  const [error, setError] = useState<FieldError>()
  const add = () => {
    setError(isLookedAt ? undefined : { field, message: 'Look at each of them, and say that none is the same person' })
    return isLookedAt ? onAdd(matches.map(({ id }) => id)) : undefined
  }
  return (
    <Page
      title="They may have a profile already"
      hasErrors={error !== undefined}
      before={<ErrorSummary error={error} />}
    >
      <p>Nothing is saved yet. Two profiles for one person make it hard to know who did what.</p>
      <ul>
        {matches.map((match) => (
          <Match key={match.id} match={match} />
        ))}
      </ul>
      <Form onSubmit={add}>
        <Checkbox
          id={field}
          label="I looked at each of them. None is the same person."
          checked={isLookedAt}
          onChange={setLookedAt}
        />
        <Button type="submit" busy={busy}>
          Add a new person
        </Button>
      </Form>
      <LineLink href="/desk">Stop adding this person</LineLink>
    </Page>
  )
}
