import { ChooseMany } from '../../../../parts/choices.tsx'
import { kindOptions } from '../../../../words/policies.ts'
import type { EditorProps } from './props.ts'

/** Which kinds of device; none ticked is any. */
export const KindsEditor = ({ value, error, onChange }: EditorProps) => (
  <ChooseMany
    id="kinds"
    legend="Which kinds may people use?"
    hint="Select all that apply. If you select none, any kind may be used."
    options={kindOptions}
    values={(value ?? []) as string[]}
    error={error}
    onChange={(kinds) => onChange(kinds.length === 0 ? undefined : kinds)}
  />
)
