import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'

/** What is wrong with a field, and which. */
export interface FieldError {
  field: string
  message: string
}

/** What must be put right, at the head of the page: it takes focus each time it appears. */
export const ErrorSummary = ({ error }: { error: FieldError | undefined }) => {
  const errors = useMemo(() => (error ? [error] : []), [error])
  return <ErrorsSummary errors={errors} />
}

/** The same for several: each leads to its field. */
export const ErrorsSummary = ({ errors }: { errors: readonly FieldError[] }) => {
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (errors.length > 0) summary.current?.focus()
  }, [errors])
  if (errors.length === 0) return null
  return (
    <div class="nhsuk-error-summary" ref={summary} tabIndex={-1}>
      <div role="alert">
        <h2 class="nhsuk-error-summary__heading">There is a problem</h2>
        <div class="nhsuk-error-summary__body">
          <ul class="nhsuk-list nhsuk-error-summary__list">
            {errors.map(({ field, message }) => (
              <li key={`${field} ${message}`}>
                <a href={`#${field}`} onClick={toField(field)}>
                  {message}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
}

const toField = (id: string) => (event: Event) => {
  event.preventDefault()
  document.getElementById(id)?.focus()
}

/** The message beside a field that has an error. */
export const FieldMessage = ({ error }: { error: FieldError | undefined }) =>
  error ? (
    <span class="nhsuk-error-message" id={`${error.field}-error`}>
      <span class="nhsuk-u-visually-hidden">Error: </span>
      {error.message}
    </span>
  ) : null

interface FormProps {
  onSubmit: () => unknown
  children: ComponentChildren
}

/** A form that is never sent by the browser: what is done with it is code's to do. */
export const Form = ({ onSubmit, children }: FormProps) => (
  <form
    noValidate
    onSubmit={(event) => {
      event.preventDefault()
      onSubmit()
    }}
  >
    {children}
  </form>
)

interface FieldProps {
  id: string
  label: string
  hint?: string
  value: string
  error: FieldError | undefined
  onInput: (value: string) => void
}

export const TextField = ({ id, label, hint, value, error, onInput }: FieldProps) => {
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
      <input
        class={error ? 'nhsuk-input nhsuk-input--error' : 'nhsuk-input'}
        id={id}
        type="text"
        autocomplete="off"
        value={value}
        aria-describedby={describedBy || undefined}
        aria-invalid={error ? 'true' : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  )
}

interface RadiosProps {
  name: string
  /** What tells options apart is in their labels, `place` on a line below: a hint is not read as part of the name. */
  options: readonly { value: string; label: string; place?: string; hint?: string | undefined }[]
  value: string | undefined
  onChange: (value: string) => void
}

/** A choice of one; the first option carries the field's own id, where an error summary leads. */
export const Radios = ({ name, options, value, onChange }: RadiosProps) => (
  <div class="nhsuk-radios">
    {options.map((option, index) => {
      const id = index === 0 ? name : `${name}-${option.value}`
      return (
        <div class="nhsuk-radios__item" key={option.value}>
          <input
            class="nhsuk-radios__input"
            id={id}
            name={name}
            type="radio"
            value={option.value}
            checked={value === option.value}
            aria-describedby={option.hint ? `${id}-hint` : undefined}
            onChange={() => onChange(option.value)}
          />
          <label class="nhsuk-label nhsuk-radios__label" for={id}>
            {option.place ? (
              <span>
                <strong>{option.label}</strong>
                <span class="fobwatch-comma">,</span> <span class="fobwatch-place">{option.place}</span>
              </span>
            ) : (
              option.label
            )}
          </label>
          {option.hint && (
            <div class="nhsuk-hint nhsuk-radios__hint" id={`${id}-hint`}>
              {option.hint}
            </div>
          )}
        </div>
      )
    })}
  </div>
)

interface CheckboxProps {
  id: string
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** One thing that is so or not. */
export const Checkbox = ({ id, label, checked, onChange }: CheckboxProps) => (
  <div class="nhsuk-checkboxes nhsuk-form-group">
    <div class="nhsuk-checkboxes__item">
      <input
        class="nhsuk-checkboxes__input"
        id={id}
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label class="nhsuk-label nhsuk-checkboxes__label" for={id}>
        {label}
      </label>
    </div>
  </div>
)
