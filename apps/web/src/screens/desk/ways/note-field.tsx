import { type FieldError, TextField } from '../../../parts/fields.tsx'

interface Props {
  value: string
  /** Whether the deed has no other reason than what is written. */
  needed?: boolean
  error?: FieldError | undefined
  onInput: (value: string) => void
}

const noteId = 'note'

/** What the agent writes beside a deed, kept with it. */
export const NoteField = ({ value, needed = false, error, onInput }: Props) => (
  <TextField
    id={noteId}
    label={needed ? 'Note' : 'Note (optional)'}
    hint="Who told you, and when. Do not write anything about a patient."
    value={value}
    error={error}
    onInput={onInput}
  />
)

/** A note for the API, which takes none that says nothing. */
export const noteOf = (value: string): { note?: string } => {
  const note = value.trim()
  return note ? { note } : {}
}

/** What is wrong with a note that has to say something. */
export const faultOfNote = (value: string): FieldError | undefined =>
  value.trim() ? undefined : { field: noteId, message: 'Write the reason in the note' }
