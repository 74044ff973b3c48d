import type { ComponentChildren } from 'preact'
import { type FieldError, FieldMessage } from './fields.tsx'

interface Props {
  id: string
  label: string
  hint?: ComponentChildren
  value: string
  rows?: number
  error: FieldError | undefined
  onInput: (value: string) => void
}

/** A text of several lines. */
export const TextArea = ({ id, label, hint, value, rows = 5, error, onInput }: Props) => {
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div class={error ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
      <label class="nhsuk-label" for={id}>
        {label}
      </label>
      {hint && (
        <div class="nhsuk-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <FieldMessage error={error} />
      <textarea
        class={error ? 'nhsuk-textarea nhsuk-textarea--error' : 'nhsuk-textarea'}
        id={id}
        rows={rows}
        spellcheck={false}
        autocomplete="off"
        value={value}
        aria-describedby={describedBy || undefined}
        aria-invalid={error ? 'true' : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  )
}
