import { ChooseOne, type Option } from '../../../../parts/choices.tsx'
import { certificateOptions, type Demand } from '../../../../words/policies.ts'
import type { EditorProps } from './props.ts'

/** Stands for no demand. */
const none = 'none'

interface Question {
  legend: string
  hint?: string
  options: readonly Option[]
}

const questions: Partial<Record<Demand, Question>> = {
  synced: {
    legend: 'May people use a passkey that is copied to their other devices?',
    hint: 'Phones often copy a passkey to the owner’s other devices. It then gives a standard check.',
    options: [
      { value: none, label: 'Yes' },
      { value: 'refused', label: 'No, it must stay on one device' },
    ],
  },
  attestation: {
    legend: 'Must we be able to confirm who made the device?',
    hint: 'Most phones do not say who made them. Security keys and managed devices do.',
    options: [
      { value: none, label: 'No' },
      { value: 'required', label: 'Yes' },
    ],
  },
  minimumCertification: {
    legend: 'Which FIDO certificate must the model have?',
    hint: 'Only a model whose maker we can confirm counts as certified.',
    options: [{ value: none, label: 'None' }, ...certificateOptions],
  },
  copiedKey: {
    legend: 'What happens if a key may have been copied?',
    hint: 'Some keys count how often they are used. If the count goes back, there may be two of the key.',
    options: [
      { value: none, label: 'It is paused until the desk lets it be used again' },
      { value: 'refuse', label: 'It is refused that one time' },
    ],
  },
}

/** A rule that is one of a few words. */
export const WordEditor = ({ demand, value, error, onChange }: EditorProps) => {
  const question = questions[demand]
  if (!question) return null
  const known = question.options.some((option) => option.value === value)
  return (
    <ChooseOne
      id={demand}
      {...question}
      value={known ? String(value) : none}
      error={error}
      onChange={(word) => onChange(word === none ? undefined : word)}
    />
  )
}
