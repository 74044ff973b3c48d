import { useState } from 'preact/hooks'
import { TextField } from '../../../../parts/fields.tsx'
import type { EditorProps } from './props.ts'

const wrong = 'Enter a whole number of days from 1 to 3,650, or nothing'

/** After how many days without use a device stops working. */
export const UnusedEditor = ({ value, error, onChange }: EditorProps) => {
  const [text, setText] = useState(value === undefined ? '' : String(value))
  const change = (next: string) => {
    setText(next)
    const days = next.trim()
    if (days === '') return onChange(undefined)
    const isFine = /^\d{1,4}$/.test(days) && Number(days) >= 1 && Number(days) <= 3_650
    onChange(isFine ? Number(days) : undefined, isFine ? undefined : wrong)
  }
  return (
    <TextField
      id="maximumUnusedDays"
      label="A device stops working after so many days without use"
      hint="Leave it empty to let devices keep working."
      value={text}
      error={error}
      onInput={change}
    />
  )
}
