import type { RequestKind, RequestState } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { Button } from '../../../parts/buttons.tsx'
import { Form } from '../../../parts/fields.tsx'
import { Select } from '../../../parts/select.tsx'
import { kindWords, stateWords } from '../../../words/requests.ts'

/** Which requests are shown. */
export interface Filter {
  kind: string
  state: string
}

const kinds = Object.entries(kindWords).map(([value, label]) => ({ value, label }))
const states = Object.entries(stateWords).map(([value, label]) => ({ value, label }))
const any = { value: '', label: 'All' }

export const kindIn = (text: string | null): RequestKind | undefined =>
  kinds.find(({ value }) => value === text)?.value as RequestKind | undefined
export const stateIn = (text: string | null): RequestState | undefined =>
  states.find(({ value }) => value === text)?.value as RequestState | undefined

/** Chooses which requests are shown: nothing changes until the button is pressed. */
export const FilterForm = ({
  filter,
  withState,
  onApply,
}: {
  filter: Filter
  withState: boolean
  onApply: (filter: Filter) => void
}) => {
  const [kind, setKind] = useState(filter.kind)
  const [state, setState] = useState(filter.state)
  return (
    <Form onSubmit={() => onApply({ kind, state })}>
      <Select id="kind" label="What is asked" options={[any, ...kinds]} value={kind} onChange={setKind} />
      {withState && (
        <Select id="state" label="What became of it" options={[any, ...states]} value={state} onChange={setState} />
      )}
      <Button type="submit" kind="secondary">
        Show these
      </Button>
    </Form>
  )
}
