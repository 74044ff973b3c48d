import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { Button } from '../../../parts/buttons.tsx'
import { type FieldError, FieldMessage, Form, TextField } from '../../../parts/fields.tsx'
import { Select } from '../../../parts/select.tsx'
import { eventNames } from '../../../words/events.ts'
import { type Asked, addressOf, faultsIn } from './asked.ts'

const anything = { value: '', label: 'Anything' }
const happenings = [
  anything,
  ...Object.entries(eventNames)
    .map(([value, label]) => ({ value, label }))
    .sort((one, other) => one.label.localeCompare(other.label)),
]
const endings = [anything, { value: 'done', label: 'It was done' }, { value: 'refused', label: 'It was not done' }]

const DayField = ({ id, label, value, error, onInput }: DayFieldProps) => (
  <div class={error ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
    <label class="nhsuk-label" for={id}>
      {label}
    </label>
    <FieldMessage error={error} />
    <input
      class={error ? 'nhsuk-input nhsuk-input--width-10 nhsuk-input--error' : 'nhsuk-input nhsuk-input--width-10'}
      id={id}
      type="date"
      value={value}
      aria-describedby={error ? `${id}-error` : undefined}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  </div>
)

interface DayFieldProps {
  id: string
  label: string
  value: string
  error: FieldError | undefined
  onInput: (value: string) => void
}

interface Props {
  asked: Asked
  errors: readonly FieldError[]
  onErrors: (errors: readonly FieldError[]) => void
}

/** What to look for. It is looked for by the button, and then stands in the address. */
export const Filters = ({ asked, errors, onErrors }: Props) => {
  const [, navigate] = useLocation()
  const [typed, type] = useState(asked)
  const address = addressOf(asked)
  // Back brings what was looked for back into the fields.
  useEffect(() => type(asked), [address])
  const search = () => {
    const faults = faultsIn(typed)
    onErrors(faults)
    if (faults.length === 0) navigate(addressOf({ ...typed, after: '' }))
  }
  const field = (id: keyof Asked) => ({
    id,
    value: typed[id],
    error: errors.find((error) => error.field === id),
    onInput: (value: string) => type((before) => ({ ...before, [id]: value })),
  })
  const choice = (id: keyof Asked) => {
    const { value, onInput } = field(id)
    return { id, value, onChange: onInput }
  }
  return (
    <Form onSubmit={search}>
      <TextField {...field('person')} label="Whom it happened to" hint="Their user number, 12 digits." />
      <TextField {...field('actor')} label="Who did it" hint="Their user number, 12 digits." />
      <Select {...choice('type')} label="What happened" options={happenings} />
      <Select {...choice('outcome')} label="How it ended" options={endings} />
      <DayField {...field('from')} label="First day" />
      <DayField {...field('to')} label="Last day" />
      <Button type="submit">Search the log</Button>
    </Form>
  )
}
