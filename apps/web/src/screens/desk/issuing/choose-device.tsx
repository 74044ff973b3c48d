import { useState } from 'preact/hooks'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { ErrorSummary, type FieldError, FieldMessage, Form, Radios } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import type { Choices } from './choices.ts'

const field = 'device'

const options: { value: NonNullable<Choices['device']>; label: string; hint?: string }[] = [
  { value: 'phone', label: 'A phone', hint: 'Their own phone or a tablet.' },
  { value: 'computer', label: 'A computer', hint: 'One that nobody else uses.' },
  { value: 'security-key', label: 'A security key', hint: 'Works on computers that others use too.' },
  { value: 'smartcard', label: 'A smartcard' },
  { value: 'any', label: 'Whatever they have' },
]

/** A part of the choice: what is chosen, and how that changes. */
export interface PartProps {
  name: string
  choices: Choices
  onChange: (more: Partial<Choices>) => void
  back: string
  onDone: () => void
}

/** Which kind of device it is for. A hint to the browser, so that its box asks for the right one. */
export const ChooseDevice = ({ name, choices, onChange, back, onDone }: PartProps) => {
  const [error, setError] = useState<FieldError>()
  const carryOn = () => {
    if (choices.device) return onDone()
    setError({ field, message: 'Select what they will set up' })
  }
  return (
    <Page title={`What will ${name} set up?`} hasErrors={error !== undefined} before={<ErrorSummary error={error} />}>
      <Form onSubmit={carryOn}>
        <div class={error ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
          <fieldset class="nhsuk-fieldset" aria-describedby={error && `${field}-error`}>
            <legend class="nhsuk-fieldset__legend nhsuk-u-visually-hidden">Kind of device</legend>
            <FieldMessage error={error} />
            <Radios
              name={field}
              options={options}
              value={choices.device}
              onChange={(value) => onChange({ device: options.find((option) => option.value === value)?.value })}
            />
          </fieldset>
        </div>
        <Button type="submit">Continue</Button>
      </Form>
      <LineLink href={back}>Go back without making anything</LineLink>
    </Page>
  )
}
