import type { ComponentChildren } from 'preact'
import { type FieldError, FieldMessage, Radios } from './fields.tsx'

interface GroupProps {
  /** The field's own id, where an error summary leads. */
  id: string
  legend: string
  /** Whether the legend is the heading of the page, and so not said twice. */
  isTitle?: boolean
  hint?: ComponentChildren
  error: FieldError | undefined
  children: ComponentChildren
}

/** Several inputs that answer one question. */
const Group = ({ id, legend, isTitle = false, hint, error, children }: GroupProps) => {
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div class={error ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
      <fieldset class="nhsuk-fieldset" aria-describedby={describedBy || undefined}>
        <legend class={isTitle ? 'nhsuk-u-visually-hidden' : 'nhsuk-fieldset__legend nhsuk-fieldset__legend--m'}>
          {legend}
        </legend>
        {hint && (
          <div class="nhsuk-hint" id={`${id}-hint`}>
            {hint}
          </div>
        )}
        <FieldMessage error={error} />
        {children}
      </fieldset>
    </div>
  )
}

/** One of the things that can be chosen. */
export interface Option {
  value: string
  label: string
  hint?: string | undefined
}

interface ChoiceProps extends Omit<GroupProps, 'children'> {
  options: readonly Option[]
}

interface OneProps extends ChoiceProps {
  value: string | undefined
  onChange: (value: string) => void
}

/** A question with one answer. */
export const ChooseOne = ({ options, value, onChange, ...group }: OneProps) => (
  <Group {...group}>
    <Radios name={group.id} options={options} value={value} onChange={onChange} />
  </Group>
)

interface ManyProps extends ChoiceProps {
  values: readonly string[]
  onChange: (values: string[]) => void
}

/** A question with any number of answers. */
export const ChooseMany = ({ options, values, onChange, ...group }: ManyProps) => {
  const turn = (value: string, on: boolean) =>
    onChange(options.map((each) => each.value).filter((each) => (each === value ? on : values.includes(each))))
  return (
    <Group {...group}>
      <div class="nhsuk-checkboxes">
        {options.map((option, index) => {
          const id = index === 0 ? group.id : `${group.id}-${option.value}`
          return (
            <div class="nhsuk-checkboxes__item" key={option.value}>
              <input
                class="nhsuk-checkboxes__input"
                id={id}
                type="checkbox"
                checked={values.includes(option.value)}
                aria-describedby={option.hint ? `${id}-hint` : undefined}
                onChange={(event) => turn(option.value, event.currentTarget.checked)}
              />
              <label class="nhsuk-label nhsuk-checkboxes__label" for={id}>
                {option.label}
              </label>
              {option.hint && (
                <div class="nhsuk-hint nhsuk-checkboxes__hint" id={`${id}-hint`}>
                  {option.hint}
                </div>
              )}
            </div>
          )
        })}
      </div>
    </Group>
  )
}
