import { Button, LineLink } from '../../../parts/buttons.tsx'
import { Page } from '../../../parts/page.tsx'
import { SummaryList } from '../../../parts/summary-list.tsx'
import { deviceWords, howWords } from '../../../words/issuing.ts'
import { type Choices, type Giving, isLink, lifetimes } from './choices.ts'
import type { PartProps } from './choose-device.tsx'

const making: Record<Giving, { button: string; given: (email: string | null) => string }> = {
  mail: { button: 'Email the link', given: (email) => `A link by email to ${email}` },
  copy: { button: 'Make the link', given: () => 'A link that you copy' },
  code: { button: 'Make the code', given: () => 'A code that you read aloud, for 15 minutes' },
  pass: { button: 'Make the pass', given: () => 'A temporary pass, to be used within 1 hour' },
}

const Lifetime = ({ hours, onChange }: { hours: string; onChange: PartProps['onChange'] }) => (
  <div class="nhsuk-form-group">
    <label class="nhsuk-label" for="hours">
      How long does the link work?
    </label>
    <select
      class="nhsuk-select"
      id="hours"
      value={hours}
      onChange={(event) => onChange({ hours: event.currentTarget.value })}
    >
      {lifetimes.map(({ value, label }) => (
        <option key={value} value={value} selected={value === hours}>
          {label}
        </option>
      ))}
    </select>
  </div>
)

const rowsOf = ({ device, giving, how }: Choices, email: string | null) => [
  { key: 'Device', value: device && device !== 'any' ? deviceWords[device] : 'Whatever they have' },
  {
    key: 'How they get it',
    value: <span class="fobwatch-breakable">{giving ? making[giving].given(email) : ''}</span>,
  },
  { key: 'How they set it up', value: how ? howWords[how] : '' },
]

interface Props extends Omit<PartProps, 'onDone'> {
  email: string | null
  busy: boolean
  onMake: () => unknown
}

/** All that was chosen, before it is done. */
export const Review = ({ name, email, choices, onChange, busy, back, onMake }: Props) => {
  const { giving } = choices
  if (!giving) return null
  return (
    <Page title={`Check this before you make it`}>
      <p>For {name}. What they had before and have not used stops working.</p>
      <SummaryList rows={rowsOf(choices, email)} />
      {isLink(giving) && <Lifetime hours={choices.hours} onChange={onChange} />}
      <Button busy={busy} onPress={onMake}>
        {making[giving].button}
      </Button>
      <LineLink href={`${back}?page=give`}>Change how they get it</LineLink>
      <LineLink href={back}>Change the kind of device</LineLink>
    </Page>
  )
}
