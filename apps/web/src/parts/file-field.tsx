import type { RefObject } from 'preact'
import { type FieldError, FieldMessage } from './fields.tsx'

interface Props {
  id: string
  label: string
  hint: string
  error: FieldError | undefined
  inputRef: RefObject<HTMLInputElement>
}

/** A file of comma-separated values, from this computer. */
export const FileField = ({ id, label, hint, error, inputRef }: Props) => (
  <div class={error ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
    <label class="nhsuk-label" for={id}>
      {label}
    </label>
    <div class="nhsuk-hint" id={`${id}-hint`}>
      {hint}
    </div>
    <FieldMessage error={error} />
    <input
      class="nhsuk-file-upload"
      id={id}
      type="file"
      accept=".csv,text/csv"
      ref={inputRef}
      aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
    />
  </div>
)
