import type { DayTyped } from '../words/days.ts'
import { type FieldError, FieldMessage } from './fields.tsx'

interface Props {
  /** The field's own id, where an error summary leads: that of its day. */
  id: string
  legend: string
  hint: string
  value: DayTyped
  error: FieldError | undefined
  onChange: (value: DayTyped) => void
}

const parts = [
  { part: 'day', label: 'Day', width: 2 },
  { part: 'month', label: 'Month', width: 2 },
  { part: 'year', label: 'Year', width: 4 },
] as const

/** A day, typed as three numbers. */
export const DateField = ({ id, legend, hint, value, error, onChange }: Props) => (
  <div class={error ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
    <fieldset class="nhsuk-fieldset" aria-describedby={`${id}-hint${error ? ` ${id}-error` : ''}`}>
      <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">{legend}</legend>
      <div class="nhsuk-hint" id={`${id}-hint`}>
        {hint}
      </div>
      <FieldMessage error={error} />
      <div class="nhsuk-date-input">
        {parts.map(({ part, label, width }) => {
          const partId = part === 'day' ? id : `${id}-${part}`
          const classes = ['nhsuk-input', 'nhsuk-date-input__input', `nhsuk-input--width-${width}`]
          return (
            <div class="nhsuk-date-input__item" key={part}>
              <label class="nhsuk-label nhsuk-date-input__label" for={partId}>
                {label}
              </label>
              <input
                class={[...classes, ...(error ? ['nhsuk-input--error'] : [])].join(' ')}
                id={partId}
                type="text"
                inputMode="numeric"
                autocomplete="off"
                value={value[part]}
                aria-invalid={error ? 'true' : undefined}
                onInput={(event) => onChange({ ...value, [part]: event.currentTarget.value })}
              />
            </div>
          )
        })}
      </div>
    </fieldset>
  </div>
)
