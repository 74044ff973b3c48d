import { TextField } from '../../../parts/fields.tsx'

interface Props {
  value: string
  onInput: (value: string) => void
}

/** What the agent writes beside a deed, kept with it. */
export const NoteField = ({ value, onInput }: Props) => (
  <TextField
    id="note"
    label="Note (optional)"
    hint="Who told you, and when. Do not write anything about a patient."
    value={value}
    error={undefined}
    onInput={onInput}
  />
)

/** A note for the API, which takes none that says nothing. */
export const noteOf = (value: string): { note?: string } => {
  const note = value.trim()
  return note ? { note } : {}
}
