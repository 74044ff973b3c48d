import type { ProofMethod } from '@fobwatch/contracts'
import { ChooseOne } from '../../../parts/choices.tsx'
import type { FieldError } from '../../../parts/fields.tsx'

/** How well and how somebody proves who they are. */
export interface TypedProof {
  level: 1 | 2 | 3 | undefined
  how: ProofMethod | undefined
}

const levels = [
  { value: '3', label: 'Level 3: 3 documents', hint: 'One with a photo, one with their address, and one more.' },
  { value: '2', label: 'Level 2: 2 documents', hint: 'One with a photo, and one more.' },
  { value: '1', label: 'Level 1: 1 document' },
]
const ways = [
  { value: 'in-person', label: 'In person' },
  { value: 'video', label: 'On a video call' },
]

/** What is not chosen yet. */
export const levelErrors = ({ level, how }: TypedProof): FieldError[] => [
  ...(level ? [] : [{ field: 'level', message: 'Select an identity level' }]),
  ...(how ? [] : [{ field: 'how', message: 'Select how you saw them' }]),
]

interface Props {
  proof: TypedProof
  /** Levels up to this one are not offered. */
  above?: number
  errors: readonly FieldError[]
  onChoose: (proof: TypedProof) => void
}

/** The choice of a level, and of how somebody was seen. */
export const LevelFields = ({ proof, above = 0, errors, onChoose }: Props) => (
  <>
    <ChooseOne
      id="level"
      legend="Which identity level do they prove?"
      hint="You cannot choose a level above your own."
      options={levels.filter(({ value }) => Number(value) > above)}
      value={proof.level === undefined ? undefined : String(proof.level)}
      error={errors.find(({ field }) => field === 'level')}
      onChange={(value) => onChoose({ ...proof, level: Number(value) as 1 | 2 | 3 })}
    />
    <ChooseOne
      id="how"
      legend="How did you see them and their documents?"
      options={ways}
      value={proof.how}
      error={errors.find(({ field }) => field === 'how')}
      onChange={(value) => onChoose({ ...proof, how: value as ProofMethod })}
    />
  </>
)
