import type { DeskOrganisation } from '@fobwatch/contracts'
import { useRef, useState } from 'preact/hooks'
import { ChooseOne } from '../../../../parts/choices.tsx'
import { type FieldError, TextField } from '../../../../parts/fields.tsx'
import { useFetched } from '../../../../parts/use-fetched.ts'
import { findPlaces } from './places.ts'

interface Props {
  /** All there are, where they are few. */
  places: readonly DeskOrganisation[] | undefined
  /** The code of the one that is chosen. */
  value: string
  error: FieldError | undefined
  onChange: (code: string) => void
}

const optionsOf = (places: readonly DeskOrganisation[]) =>
  places.map(({ code, name, parent }) => ({
    value: code,
    label: name,
    hint: parent ? `${code}, ${parent.name}` : code,
  }))

const FindPlace = ({ value, error, onChange }: Omit<Props, 'places'>) => {
  const [typed, setTyped] = useState(value)
  const wanted = typed.trim()
  const found = useFetched(wanted, () => findPlaces(wanted))
  const last = useRef<readonly DeskOrganisation[]>([])
  if (found.value) last.current = found.value
  const type = (text: string) => {
    setTyped(text)
    onChange('')
  }
  return (
    <>
      <TextField
        id="find-organisation"
        label="Find the organisation"
        hint="Part of its name, or its code, such as X09."
        value={typed}
        error={undefined}
        onInput={type}
      />
      {found.value?.length === 0 && wanted.length > 1 && <p>No organisation of yours matches “{wanted}”.</p>}
      <ChooseOne
        id="organisation"
        legend="Organisation"
        options={optionsOf(last.current)}
        value={value || undefined}
        error={error}
        onChange={onChange}
      />
    </>
  )
}

/** Where somebody works: one of all, or of those that a search finds where there are many. */
export const ChoosePlace = ({ places, ...field }: Props) =>
  places ? (
    <ChooseOne
      id="organisation"
      legend="Organisation"
      options={optionsOf(places)}
      value={field.value || undefined}
      error={field.error}
      onChange={field.onChange}
    />
  ) : (
    <FindPlace {...field} />
  )
