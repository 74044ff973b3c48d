import { type FieldError, FieldMessage } from './fields.tsx'

interface Props {
  id: string
  label: string
  options: readonly { value: string; label: string }[]
  /** Empty where nothing is chosen. */
  value: string
  error: FieldError | undefined
  onChange: (value: string) => void
}

/** One of a long list. */
export const SelectField = ({ id, label, options, value, error, onChange }: Props) => (
  <div class={error ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
    <label class="nhsuk-label" for={id}>
      {label}
    </label>
    <FieldMessage error={error} />
    <select
      class={error ? 'nhsuk-select nhsuk-select--error' : 'nhsuk-select'}
      id={id}
      value={value}
      aria-describedby={error && `${id}-error`}
      aria-invalid={error ? 'true' : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">Select one</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  </div>
)
