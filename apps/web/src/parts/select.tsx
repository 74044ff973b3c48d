interface Option {
  value: string
  label: string
}

interface Props {
  id: string
  label: string
  options: readonly Option[]
  /** Further options, under headings. */
  groups?: readonly { label: string; options: readonly Option[] }[]
  value: string
  onChange: (value: string) => void
}

const Options = ({ options }: { options: readonly Option[] }) => (
  <>
    {options.map(({ value, label }) => (
      <option key={value} value={value}>
        {label}
      </option>
    ))}
  </>
)

/** A choice of one of many, in one line. */
export const Select = ({ id, label, options, groups = [], value, onChange }: Props) => (
  <div class="nhsuk-form-group">
    <label class="nhsuk-label" for={id}>
      {label}
    </label>
    <select class="nhsuk-select" id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      <Options options={options} />
      {groups.map((group) => (
        <optgroup key={group.label} label={group.label}>
          <Options options={group.options} />
        </optgroup>
      ))}
    </select>
  </div>
)
