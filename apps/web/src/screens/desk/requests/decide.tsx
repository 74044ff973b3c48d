import { useState } from 'preact/hooks'
import { Button } from '../../../parts/buttons.tsx'
import { ChooseOne } from '../../../parts/choices.tsx'
import { type FieldError, Form } from '../../../parts/fields.tsx'
import { TextArea } from '../../../parts/text-area.tsx'

/** What somebody decided. */
export interface Decision {
  approved: boolean
  because: string | undefined
}

interface Props {
  busy: boolean
  error: FieldError | undefined
  onError: (error: FieldError | undefined) => void
  onDecide: (decision: Decision) => void
}

const options = [
  { value: 'approve', label: 'Approve it' },
  { value: 'reject', label: 'Reject it', hint: 'You say why, and whoever asked reads it.' },
]

/** Asks what is decided, and why. */
export const DecideForm = ({ busy, error, onError, onDecide }: Props) => {
  const [choice, choose] = useState<string>()
  const [because, setBecause] = useState('')
  const why = because.trim().replace(/\s+/g, ' ')
  const fault = (): FieldError | undefined => {
    if (choice === undefined) return { field: 'decision', message: 'Select what you decide' }
    if (choice === 'reject' && why === '') return { field: 'because', message: 'Enter why you reject it' }
    return why.length > 500 ? { field: 'because', message: 'Use 500 characters or fewer' } : undefined
  }
  const decide = () => {
    const found = fault()
    onError(found)
    if (!found) onDecide({ approved: choice === 'approve', because: why || undefined })
  }
  const errorOf = (field: string) => (error?.field === field ? error : undefined)
  return (
    <Form onSubmit={decide}>
      <ChooseOne
        id="decision"
        legend="What do you decide?"
        options={options}
        value={choice}
        error={errorOf('decision')}
        onChange={choose}
      />
      <TextArea
        id="because"
        label="Why"
        hint="You must say why if you reject it."
        rows={3}
        value={because}
        error={errorOf('because')}
        onInput={setBecause}
      />
      <Button type="submit" busy={busy}>
        Save what you decided
      </Button>
    </Form>
  )
}
