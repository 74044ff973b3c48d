import type { HeldRole } from '@fobwatch/contracts'
import type { ComponentChild, RefObject } from 'preact'
import { useState } from 'preact/hooks'
import { announce } from '../../parts/announcer.tsx'
import { Button } from '../../parts/buttons.tsx'
import { ErrorSummary, type FieldError, FieldMessage, Form, Radios, TextField } from '../../parts/fields.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { usePage } from '../../parts/use-page.ts'
import { type Task, useTask } from '../../parts/use-task.ts'
import { placeWords } from '../../words/roles.ts'
import { inOrder, manyRoles, matching } from './rules.ts'

interface Props {
  /** Who chooses. */
  name: string | null
  roles: readonly HeldRole[]
  /** The role that they are working in, where it is known. */
  now?: string | undefined
  onChoose: (role: string) => Promise<void>
  /** The way back without choosing, in the page's own task. */
  back: (task: Task) => ComponentChild
}

const title = 'Which role are you working in?'
const field = 'role'
const nothingChosen: FieldError = { field, message: 'Select the role you are working in' }

const optionOf = (role: HeldRole, now: string | undefined) => ({
  value: role.id,
  label: role.position,
  place: placeWords(role),
  hint: role.id === now ? 'You are working in this role now' : undefined,
})

const Search = ({ value, onInput }: { value: string; onInput: (value: string) => void }) => (
  <TextField id="role-search" label="Find a role or a place" value={value} error={undefined} onInput={onInput} />
)

interface ChoiceProps {
  heading: RefObject<HTMLHeadingElement>
  error: FieldError | undefined
  /** What stands between the question and the roles. */
  search: ComponentChild
  roles: readonly HeldRole[]
  now: string | undefined
  chosen: string | undefined
  onChange: (role: string) => void
}

const Choice = ({ heading, error, search, roles, now, chosen, onChange }: ChoiceProps) => (
  <div class={error ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
    <fieldset class="nhsuk-fieldset" aria-describedby={error && `${field}-error`}>
      <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--l">
        <h1 class="nhsuk-fieldset__heading" ref={heading} tabIndex={-1}>
          {title}
        </h1>
      </legend>
      <FieldMessage error={error} />
      {search}
      <Radios name={field} options={roles.map((role) => optionOf(role, now))} value={chosen} onChange={onChange} />
    </fieldset>
  </div>
)

/** Picks the post for this work. None is ticked beforehand, so that nobody acts in a role by habit. */
export const ChooseRole = ({ name, roles, now, onChoose, back }: Props) => {
  const [chosen, choose] = useState<string>()
  const [search, setSearch] = useState('')
  const [error, setError] = useState<FieldError>()
  const task = useTask()
  const heading = usePage(title, error !== undefined)
  const shown = inOrder(matching(roles, search))

  const find = (words: string) => {
    setSearch(words)
    choose(undefined)
    announce(`${matching(roles, words).length} of ${roles.length} roles`)
  }
  const submit = () => {
    setError(chosen ? undefined : nothingChosen)
    if (chosen) void task.run(() => onChoose(chosen))
  }
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  const searching = roles.length >= manyRoles && (
    <>
      <Search value={search} onInput={find} />
      {shown.length === 0 && <p>No role of yours matches “{search}”.</p>}
    </>
  )
  return (
    <div class="nhsuk-grid-row">
      <div class="nhsuk-grid-column-two-thirds">
        <ErrorSummary error={error} />
        {name && <p class="nhsuk-caption-l">{name}</p>}
        <Form onSubmit={submit}>
          <Choice {...{ heading, error, now, chosen }} search={searching} roles={shown} onChange={choose} />
          <Button type="submit" busy={task.busy}>
            Continue
          </Button>
        </Form>
        {back(task)}
      </div>
    </div>
  )
}
