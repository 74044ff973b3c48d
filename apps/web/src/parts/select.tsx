interface Props {
  id: string
  label: string
  options: readonly { value: string; label: string }[]
  value: string
  onChange: (value: string) => void
}

/** A choice of one of many, in one line. */
export const Select = ({ id, label, options, value, onChange }: Props) => (
  <div class="nhsuk-form-group">
    <label class="nhsuk-label" for={id}>
      {label}
    </label>
    <select class="nhsuk-select" id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  </div>
)
