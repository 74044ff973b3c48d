import { ChooseMany } from '../../../../parts/choices.tsx'
import { noticeOptions } from '../../../../words/policies.ts'
import type { EditorProps } from './props.ts'

/** Which notices of the FIDO Alliance count. Those that rules had before and that have no words here stay to be chosen. */
export const NoticesEditor = ({ value, error, onChange }: EditorProps) => {
  const chosen = (value ?? []) as string[]
  const others = chosen.filter((notice) => !noticeOptions.some((option) => option.value === notice))
  return (
    <ChooseMany
      id="prohibitedStatuses"
      legend="Which notices mean that a model may not be used?"
      hint="The FIDO Alliance publishes them. A model that is unsafe may never be used, whatever you select."
      options={[...noticeOptions, ...others.map((notice) => ({ value: notice, label: notice }))]}
      values={chosen}
      error={error}
      onChange={(notices) => onChange(notices.length === 0 ? undefined : notices)}
    />
  )
}
