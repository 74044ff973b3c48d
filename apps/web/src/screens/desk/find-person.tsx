import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation, useSearchParams } from 'wouter-preact'
import { Button } from '../../parts/buttons.tsx'
import { type FieldError, Form, TextField } from '../../parts/fields.tsx'
import { FoundPeople } from './found-people.tsx'

const searchField = 'search'
const shortest = 2
/** How long nobody types before the search begins by itself, in milliseconds: longer than between two keys. */
const pause = 250

const addressOf = (search: string) => (search ? `/desk?search=${encodeURIComponent(search)}` : '/desk')

/** One search, which begins as somebody types, and stands in the address so that Back comes back to it. */
export const FindPerson = ({ onError }: { onError: (error: FieldError | undefined) => void }) => {
  const [, navigate] = useLocation()
  const searched = useSearchParams()[0].get('search') ?? ''
  const [value, setValue] = useState(searched)
  const [error, setError] = useState<FieldError>()
  const timer = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => {
    // Back brings the search back into the field; what is being typed is not taken away.
    setValue((typed) => (typed.trim() === searched ? typed : searched))
  }, [searched])
  useEffect(() => () => clearTimeout(timer.current), [])

  const tell = (next: FieldError | undefined) => {
    setError(next)
    onError(next)
  }
  const type = (typed: string) => {
    setValue(typed)
    clearTimeout(timer.current)
    const wanted = typed.trim()
    if (wanted.length > 0 && wanted.length < shortest) return
    // One search that is typed letter by letter is one entry of the history.
    timer.current = setTimeout(() => navigate(addressOf(wanted), { replace: true }), pause)
  }
  const find = () => {
    clearTimeout(timer.current)
    const wanted = value.trim()
    if (wanted.length < shortest) return tell({ field: searchField, message: `Enter at least ${shortest} characters` })
    tell(undefined)
    if (wanted !== searched) navigate(addressOf(wanted))
  }
  return (
    <>
      <Form onSubmit={find}>
        <TextField
          id={searchField}
          label="Name, user number or work email"
          value={value}
          error={error}
          onInput={type}
        />
        <Button type="submit">Search</Button>
      </Form>
      {searched.length >= shortest && <FoundPeople search={searched} />}
    </>
  )
}
