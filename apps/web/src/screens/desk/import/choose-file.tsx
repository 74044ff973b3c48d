import { useRef, useState } from 'preact/hooks'
import { Button } from '../../../parts/buttons.tsx'
import { ErrorSummary, type FieldError, Form } from '../../../parts/fields.tsx'
import { FileField } from '../../../parts/file-field.tsx'
import { Page } from '../../../parts/page.tsx'
import { ToGiveRoles } from '../work/many/to-give-roles.tsx'

/** The columns of a file, in words. The API has the same by their names. */
const columns: readonly { name: string; says: string }[] = [
  { name: 'given_name', says: 'first name' },
  { name: 'family_name', says: 'last name' },
  { name: 'birth_date', says: 'such as 1990-02-28' },
  { name: 'organisation', says: 'the code of where they work, such as A9A5A' },
  { name: 'external_id', says: 'their number in your HR system, if you have it' },
  { name: 'email', says: 'work email, if you have it' },
  { name: 'phone', says: 'work phone, if you have it' },
  { name: 'title', says: 'such as Dr, if they use one' },
  { name: 'middle_names', says: 'if they have any' },
]

const mostCharacters = 300_000
const tooMuch = 'This file is too large. Send at most 1,000 people at once.'

const whyNot = (file: File | undefined): string | undefined => {
  if (!file) return 'Choose a file.'
  if (file.size === 0) return 'This file is empty.'
  return file.size > mostCharacters ? tooMuch : undefined
}

interface Props {
  busy: boolean
  /** The API took it for too large. */
  tooLarge: boolean
  onChosen: (name: string, csv: string) => unknown
}

/** Which file, and what there must be in it. */
export const ChooseFile = ({ busy, tooLarge, onChosen }: Props) => {
  const input = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState<FieldError>()
  const error = wrong ?? (tooLarge ? { field: 'file', message: tooMuch } : undefined)
  const look = async () => {
    const file = input.current?.files?.[0]
    const message = whyNot(file)
    setWrong(message ? { field: 'file', message } : undefined)
    if (file && !message) await onChosen(file.name, await file.text())
  }
  return (
    <Page title="Bring in staff from a file" hasErrors={error !== undefined} before={<ErrorSummary error={error} />}>
      <p>Add up to 1,000 people at once. You see what would happen first. Nobody is added until you say so.</p>
      <Form onSubmit={look}>
        <FileField
          id="file"
          label="A file of staff"
          hint="Save your spreadsheet as CSV, with the names of the columns in the first row."
          error={error}
          inputRef={input}
        />
        <details class="nhsuk-details">
          <summary class="nhsuk-details__summary">
            <span class="nhsuk-details__summary-text">The columns of the file</span>
          </summary>
          <div class="nhsuk-details__text">
            <p>The first 4 must be there. The order does not matter.</p>
            <ul>
              {columns.map(({ name, says }) => (
                <li key={name}>
                  <strong>{name}</strong>: {says}
                </li>
              ))}
            </ul>
          </div>
        </details>
        <Button type="submit" busy={busy}>
          Check the file
        </Button>
      </Form>
      <ToGiveRoles />
    </Page>
  )
}
