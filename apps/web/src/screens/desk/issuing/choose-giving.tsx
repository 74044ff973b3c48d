import { useState } from 'preact/hooks'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { ErrorSummary, type FieldError, FieldMessage, Form, Radios } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import type { Choices } from './choices.ts'
import type { PartProps } from './choose-device.tsx'

const hows: { value: NonNullable<Choices['how']>; label: string; hint: string }[] = [
  { value: 'in-person', label: 'Yes, in person', hint: 'They are with you, and you have checked who they are.' },
  { value: 'video', label: 'Yes, on a video call', hint: 'You can see them, and you have checked who they are.' },
  { value: 'link', label: 'No, they do it on their own', hint: 'What they set up gives a standard check at most.' },
]

type Option = { value: NonNullable<Choices['giving']>; label: string; hint: string }

const givings = (email: string | null): Option[] => [
  ...(email
    ? [{ value: 'mail' as const, label: 'Email them a link', hint: `To ${email}. Nobody else sees the link.` }]
    : []),
  { value: 'copy', label: 'Copy a link', hint: 'You give it to them and nobody else.' },
  { value: 'code', label: 'Read a code aloud', hint: 'Eight letters and numbers. It works for 15 minutes.' },
  {
    value: 'pass',
    label: 'Give a temporary pass',
    hint: 'For someone with no device, on a computer that others use. They can set up a device with it, and nothing else.',
  },
]

interface GroupProps<Value extends string> {
  field: string
  legend: string
  options: readonly { value: Value; label: string; hint: string }[]
  value: Value | undefined
  error: FieldError | undefined
  onChange: (value: Value | undefined) => void
}

const Group = <Value extends string>({ field, legend, options, value, error, onChange }: GroupProps<Value>) => {
  const own = error?.field === field ? error : undefined
  return (
    <div class={own ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
      <fieldset class="nhsuk-fieldset" aria-describedby={own && `${field}-error`}>
        <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">{legend}</legend>
        <FieldMessage error={own} />
        <Radios
          name={field}
          options={options}
          value={value}
          onChange={(chosen) => onChange(options.find((option) => option.value === chosen)?.value)}
        />
      </fieldset>
    </div>
  )
}

/** How it reaches them, and whether the agent sees them while they use it. */
export const ChooseGiving = ({
  name,
  email,
  choices,
  onChange,
  back,
  onDone,
}: PartProps & { email: string | null }) => {
  const [error, setError] = useState<FieldError>()
  const carryOn = () => {
    if (!choices.giving) return setError({ field: 'giving', message: 'Select how they get it' })
    if (!choices.how) return setError({ field: 'how', message: 'Select whether you see them' })
    setError(undefined)
    onDone()
  }
  return (
    <Page
      title={`How do you give it to ${name}?`}
      hasErrors={error !== undefined}
      before={<ErrorSummary error={error} />}
    >
      <Form onSubmit={carryOn}>
        <Group
          field="giving"
          legend="How do they get it?"
          options={givings(email)}
          value={choices.giving}
          error={error}
          onChange={(giving) => onChange({ giving })}
        />
        <Group
          field="how"
          legend="Do you see them while they set it up?"
          options={hows}
          value={choices.how}
          error={error}
          onChange={(how) => onChange({ how })}
        />
        <Button type="submit">Continue</Button>
      </Form>
      <LineLink href={back}>Go back to the kind of device</LineLink>
    </Page>
  )
}
