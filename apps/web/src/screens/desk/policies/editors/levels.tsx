import { ChooseOne, type Option } from '../../../../parts/choices.tsx'
import type { EditorProps } from './props.ts'

const ofCheck: readonly Option[] = [
  { value: '1', label: 'Any check' },
  { value: '2', label: 'A standard check (AAL2) or a strong check (AAL3)' },
  { value: '3', label: 'A strong check (AAL3)' },
]

const ofIdentity: readonly Option[] = [
  { value: '1', label: 'Any level' },
  { value: '2', label: 'Level 2 or level 3' },
  { value: '3', label: 'Level 3' },
]

/** A rule that is a level at least. */
export const LevelEditor = ({ demand, value, error, onChange }: EditorProps) => {
  const isCheck = demand === 'minimumAssuranceLevel'
  return (
    <ChooseOne
      id={demand}
      legend={isCheck ? 'Which check must each log in have?' : 'How well must it be proved who the person is?'}
      hint={isCheck ? undefined : 'The desk proves it from documents, in person or by video.'}
      options={isCheck ? ofCheck : ofIdentity}
      value={String(value ?? 1)}
      error={error}
      onChange={(level) => onChange(level === '1' ? undefined : Number(level))}
    />
  )
}
