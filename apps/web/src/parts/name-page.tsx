import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { Button } from './buttons.tsx'
import { ErrorSummary, type FieldError, Form, TextField } from './fields.tsx'
import { Page } from './page.tsx'
import { TroublePage } from './trouble-page.tsx'
import { useTask } from './use-task.ts'

interface Props {
  /** The name so far. */
  name: string
  /** Where the page was opened from. */
  back: string
  /** Keeps the new name and leaves the page. */
  onSave: (name: string) => Promise<void>
}

const field = 'name'
const longest = 60

const faultOf = (name: string): FieldError | undefined => {
  if (name === '') return { field, message: 'Enter a name' }
  if (name.length > longest) return { field, message: `Name must be ${longest} characters or less` }
  return undefined
}

/** Gives one of a person's ways to log in another name. */
export const NamePage = ({ name, back, onSave }: Props) => {
  const [value, setValue] = useState(name)
  const [error, setError] = useState<FieldError>()
  const task = useTask()
  const save = () => {
    const wanted = value.trim()
    const fault = faultOf(wanted)
    setError(fault)
    if (!fault) void task.run(() => onSave(wanted))
  }
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  return (
    <Page
      title={`Change the name of “${name}”`}
      hasErrors={error !== undefined}
      before={<ErrorSummary error={error} />}
    >
      <Form onSubmit={save}>
        <TextField
          id={field}
          label="New name"
          hint="Say what it is and whose it is, like “Work laptop” or “Blue security key”."
          value={value}
          error={error}
          onInput={setValue}
        />
        <div class="nhsuk-button-group">
          <Button type="submit" busy={task.busy}>
            Save name
          </Button>
          <Link class="fobwatch-line__link" href={back}>
            Go back without changing it
          </Link>
        </div>
      </Form>
    </Page>
  )
}
