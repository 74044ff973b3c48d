import type { AssignPosition, DeskPosition } from '@fobwatch/contracts'
import { useEffect, useState } from 'preact/hooks'
import { call } from '../../../../api.ts'
import { announce } from '../../../../parts/announcer.tsx'
import { Button, LineLink } from '../../../../parts/buttons.tsx'
import { ErrorSummary, type FieldError, FieldMessage, Form, Radios, TextField } from '../../../../parts/fields.tsx'
import { Loading } from '../../../../parts/loading.tsx'
import { Page } from '../../../../parts/page.tsx'
import { TroublePage } from '../../../../parts/trouble-page.tsx'
import type { Done } from '../../../../parts/use-done.ts'
import { useFetched } from '../../../../parts/use-fetched.ts'
import { noDay, typedOf } from '../../../../words/days.ts'
import { AskSecondPerson } from '../../requests/ask-second-person.tsx'
import { foundWords } from '../list.tsx'
import { useDeed } from '../use-deed.ts'
import { isFault, lastDay, useDates } from './dates.tsx'

const field = 'position'
const shown = 20

const hintOf = ({ role, duty, mayAssign }: DeskPosition): string =>
  [
    duty ? `Duty at the desk: ${duty.name}` : role?.name,
    mayAssign === 'two-people' && 'takes two people',
    mayAssign === 'by-request' && 'somebody else has to agree',
  ]
    .filter(Boolean)
    .join(', ')

interface ChooseProps {
  name: string
  back: string
  onChosen: (position: DeskPosition) => void
}

/** Which position: a search over those of one's organisations. */
const ChoosePosition = ({ name, back, onChosen }: ChooseProps) => {
  const [typed, setTyped] = useState('')
  const [search, setSearch] = useState('')
  const [id, setId] = useState<string>()
  const [error, setError] = useState<FieldError>()
  const found = useFetched(search, () => call('GET /api/desk/positions', { limit: '200', ...(search && { search }) }))
  const rows = (found.value?.rows ?? []).filter(({ mayAssign }) => mayAssign !== 'no')
  useEffect(() => {
    if (found.value) announce(foundWords(rows.length, shown))
  }, [found.value])
  const go = () => {
    const position = rows.find((row) => row.id === id)
    if (position) onChosen(position)
    else setError({ field, message: 'Select a position' })
  }
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  return (
    <Page title={`Give ${name} a role`} hasErrors={error !== undefined} before={<ErrorSummary error={error} />}>
      <Form onSubmit={() => setSearch(typed.trim())}>
        <TextField id="search" label="Find a position" value={typed} error={undefined} onInput={setTyped} />
        <Button type="submit" kind="secondary">
          Find
        </Button>
      </Form>
      {!found.value && <Loading />}
      {found.value && rows.length === 0 && <p>No position that you can give matches “{search}”.</p>}
      {rows.length > 0 && (
        <Form onSubmit={go}>
          <div class={error ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
            <fieldset class="nhsuk-fieldset" aria-describedby={error && `${field}-error`}>
              <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">Which position?</legend>
              <FieldMessage error={error} />
              <Radios
                name={field}
                options={rows.slice(0, shown).map((row) => ({
                  value: row.id,
                  label: row.name,
                  place: row.organisation.name,
                  hint: hintOf(row),
                }))}
                value={id}
                onChange={setId}
              />
            </fieldset>
          </div>
          {rows.length > shown && <p>There are more. Search for part of the name.</p>}
          <Button type="submit">Continue</Button>
        </Form>
      )}
      <LineLink href={back}>Go back without giving a role</LineLink>
    </Page>
  )
}

interface GiveProps {
  staffId: string
  name: string
  position: DeskPosition
  back: string
  done: Done
}

/** From when to when; then it is given, or asked for. */
const ChooseDates = ({ staffId, name, position, back, done }: GiveProps) => {
  const dates = useDates(typedOf(new Date()), noDay)
  const [asked, setAsked] = useState<AssignPosition>()
  const deed = useDeed('you give a role', back, {
    assignment_not_so: { field: 'first-day', message: 'They have this position at that time already' },
    assignment_dates: { field: lastDay, message: 'The last day must not be past, or before the first' },
  })
  const alone = position.mayAssign === 'yes'
  const give = () => {
    const read = dates.read()
    if (isFault(read)) return deed.setError(read)
    const wanted = { position: position.id, ...read }
    if (!alone) return setAsked(wanted)
    return deed.run(async () => {
      await call('POST /api/desk/people/:staffId/assignments', { staffId, ...wanted })
      done.finish(`${name} has been given ${position.name}, ${position.organisation.name}.`, back)
    })
  }
  if (asked && (position.mayAssign === 'two-people' || position.mayAssign === 'by-request'))
    return (
      <AskSecondPerson
        what={`give ${position.name} at ${position.organisation.name} to ${name}`}
        kind={position.duty ? 'give-duty' : 'assign-position'}
        staffId={staffId}
        asked={asked}
        back={back}
      />
    )
  if (deed.page) return <>{deed.page}</>
  const toThem = { href: `/desk/people/${staffId}`, label: `Go back to ${name}` }
  if (deed.trouble) return <TroublePage trouble={deed.trouble} onRetry={deed.clear} back={toThem} />
  return (
    <Page
      title={`When does ${name} work as ${position.name}?`}
      hasErrors={deed.error !== undefined}
      before={<ErrorSummary error={deed.error} />}
    >
      <p>At {position.organisation.name}.</p>
      <Form onSubmit={give}>
        {dates.fields(deed.error)}
        <Button type="submit" busy={deed.busy}>
          {alone ? 'Give the role' : 'Continue'}
        </Button>
      </Form>
      <LineLink href={back}>Go back without giving a role</LineLink>
    </Page>
  )
}

/** Gives a person a position: which, and then from when to when. */
export const GiveRole = ({ staffId, done }: { staffId: string; done: Done }) => {
  const back = `/desk/positions/of/${staffId}`
  const found = useFetched(staffId, () => call('GET /api/desk/people/:staffId', { staffId }))
  const [position, setPosition] = useState<DeskPosition>()
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value) return <Loading />
  const { name } = found.value
  if (!position) return <ChoosePosition name={name} back={back} onChosen={setPosition} />
  return <ChooseDates staffId={staffId} name={name} position={position} back={back} done={done} />
}
