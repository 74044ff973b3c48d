import { useRef, useState } from 'preact/hooks'
import { Button } from '../../../../parts/buttons.tsx'
import { ErrorSummary, Form } from '../../../../parts/fields.tsx'
import { FileField } from '../../../../parts/file-field.tsx'
import { Page } from '../../../../parts/page.tsx'

interface Props {
  busy: boolean
  /** What is wrong with the file that was chosen. */
  wrong: string | undefined
  onChosen: (name: string, csv: string) => unknown
}

/** Which file, and what there must be in it. */
export const ChooseRolesFile = ({ busy, wrong, onChosen }: Props) => {
  const input = useRef<HTMLInputElement>(null)
  const [missing, setMissing] = useState<string>()
  const message = missing ?? wrong
  const error = message ? { field: 'file', message } : undefined
  const look = async () => {
    const file = input.current?.files?.[0]
    setMissing(file ? undefined : 'Choose a file.')
    if (file) await onChosen(file.name, await file.text())
  }
  return (
    <Page title="Give roles from a file" hasErrors={error !== undefined} before={<ErrorSummary error={error} />}>
      <p>
        Give up to 1,000 people their roles at once. You see what would happen first. Nothing is given until you say so.
      </p>
      <Form onSubmit={look}>
        <FileField
          id="file"
          label="A file of people and positions"
          hint="Save your spreadsheet as CSV. Its first row must be: staff_id, organisation, position, starts, expires"
          error={error}
          inputRef={input}
        />
        <details class="nhsuk-details">
          <summary class="nhsuk-details__summary">
            <span class="nhsuk-details__summary-text">The columns of the file</span>
          </summary>
          <div class="nhsuk-details__text">
            <ul>
              <li>
                <strong>staff_id</strong>: their user number
              </li>
              <li>
                <strong>organisation</strong>: the code of the place, such as A9A5A
              </li>
              <li>
                <strong>position</strong>: its name there, letter by letter
              </li>
              <li>
                <strong>starts</strong>: a day such as 2027-01-31, or nothing for now
              </li>
              <li>
                <strong>expires</strong>: a day, or nothing for no end
              </li>
            </ul>
            <p>A position with a duty at the desk is not given from a file.</p>
          </div>
        </details>
        <Button type="submit" busy={busy}>
          Check the file
        </Button>
      </Form>
    </Page>
  )
}
