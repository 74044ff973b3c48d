import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { Button } from '../../../parts/buttons.tsx'
import { DateField } from '../../../parts/date-field.tsx'
import { type FieldError, Form, TextField } from '../../../parts/fields.tsx'
import { Select } from '../../../parts/select.tsx'
import type { DayTyped } from '../../../words/days.ts'
import { eventGroups } from '../../../words/events.ts'
import { type Asked, addressOf, dayOf, faultsIn, typedDay } from './asked.ts'

const anything = { value: '', label: 'Anything' }
const endings = [anything, { value: 'done', label: 'It was done' }, { value: 'refused', label: 'It was not done' }]

const noSuchDay = (which: 'first' | 'last') => `Enter a real ${which} day, such as 27 3 2027`
const hint = 'You can leave it empty.'
const daysOf = ({ from, to }: Asked) => ({ from: typedDay(from), to: typedDay(to) })

interface Props {
  asked: Asked
  errors: readonly FieldError[]
  onErrors: (errors: readonly FieldError[]) => void
}

/** What to look for. It is looked for by the button, and then stands in the address. */
export const Filters = ({ asked, errors, onErrors }: Props) => {
  const [, navigate] = useLocation()
  const [typed, type] = useState(asked)
  const [days, setDays] = useState(daysOf(asked))
  const address = addressOf(asked)
  // Back brings what was looked for back into the fields.
  useEffect(() => {
    type(asked)
    setDays(daysOf(asked))
  }, [address])
  const search = () => {
    const [from, to] = [dayOf(days.from), dayOf(days.to)]
    const wanted = { ...typed, from: from ?? '', to: to ?? '', after: '' }
    const faults = [
      ...faultsIn(wanted),
      ...(from === undefined ? [{ field: 'from', message: noSuchDay('first') }] : []),
      ...(to === undefined ? [{ field: 'to', message: noSuchDay('last') }] : []),
    ]
    onErrors(faults)
    if (faults.length === 0) navigate(addressOf(wanted))
  }
  const field = (id: keyof Asked) => ({
    id,
    value: typed[id],
    error: errors.find((error) => error.field === id),
    onInput: (value: string) => type((before) => ({ ...before, [id]: value })),
  })
  const dayField = (id: 'from' | 'to') => ({
    ...{ id, hint, value: days[id], error: errors.find((error) => error.field === id) },
    onChange: (value: DayTyped) => setDays((before) => ({ ...before, [id]: value })),
  })
  const choice = (id: keyof Asked) => {
    const { value, onInput } = field(id)
    return { id, value, onChange: onInput }
  }
  return (
    <Form onSubmit={search}>
      <TextField {...field('person')} label="Whom it happened to" hint="Their user number, 12 digits." />
      <TextField {...field('actor')} label="Who did it" hint="Their user number, 12 digits." />
      <Select {...choice('type')} label="What happened" options={[anything]} groups={eventGroups} />
      <Select {...choice('outcome')} label="How it ended" options={endings} />
      <DateField {...dayField('from')} legend="First day" />
      <DateField {...dayField('to')} legend="Last day" />
      <Button type="submit">Search the log</Button>
    </Form>
  )
}
