import type { NamedModel } from '@fobwatch/contracts'
import type { ComponentChild } from 'preact'
import { useState } from 'preact/hooks'
import { call } from '../../../../api.ts'
import { announce } from '../../../../parts/announcer.tsx'
import { Button } from '../../../../parts/buttons.tsx'
import { ChooseMany } from '../../../../parts/choices.tsx'
import { Form, TextField } from '../../../../parts/fields.tsx'
import { useTask } from '../../../../parts/use-task.ts'
import { modelName } from '../../../../words/policies.ts'
import type { EditorProps } from './props.ts'

const shortest = 2

const foundWords = (count: number) =>
  count === 0 ? 'No model found' : count === 1 ? '1 model found' : `${count} models found`

/** One name may stand for many numbers: a maker gives each variant its own. */
const shortNumber = (aaguid: string) => `number ${aaguid.slice(0, 8)}`

const asOption = ({ aaguid, name }: NamedModel) => ({ value: aaguid, label: name, hint: shortNumber(aaguid) })

interface Props extends EditorProps {
  /** The form of the rule, around its inputs. */
  form: (inputs: ComponentChild) => ComponentChild
}

/** Models by name: those chosen, and a search for more. */
export const ModelsEditor = ({ demand, value, models, error, onChange, form }: Props) => {
  const [known, setKnown] = useState<readonly NamedModel[]>(models)
  const [offered, setOffered] = useState<readonly string[]>((value ?? []) as string[])
  const [search, setSearch] = useState('')
  const [said, setSaid] = useState('')
  const task = useTask()
  const chosen = (value ?? []) as string[]
  const isAllowing = demand === 'allowAaguids'

  const tell = (words: string) => {
    setSaid(words)
    announce(words)
  }
  const find = async () => {
    if (search.trim().length < shortest) return tell(`Enter at least ${shortest} characters`)
    const done = await task.run(async () => {
      const { models: found } = await call('GET /api/desk/models', { search: search.trim() })
      setKnown((before) => [...before, ...found])
      setOffered([...new Set([...chosen, ...found.map(({ aaguid }) => aaguid)])])
      tell(foundWords(found.length))
    })
    if (!done) tell('We could not search. Try again.')
  }
  return (
    <>
      <Form onSubmit={find}>
        <TextField
          id="model-search"
          label="Find models by name"
          hint="Such as “YubiKey 5”. Then select them below."
          value={search}
          error={undefined}
          onInput={setSearch}
        />
        <Button type="submit" kind="secondary" busy={task.busy}>
          Find models
        </Button>
      </Form>
      {said && <p>{said}</p>}
      {form(
        <>
          {offered.length > 0 && (
            <ChooseMany
              id={demand}
              legend={isAllowing ? 'Which models may be used, and no others?' : 'Which models may not be used?'}
              hint={isAllowing ? 'If you select none, any model may be used.' : undefined}
              options={offered.map((aaguid) => asOption({ aaguid, name: modelName(aaguid, known) }))}
              values={chosen}
              error={error}
              onChange={(next) => onChange(next.length === 0 ? undefined : next)}
            />
          )}
          <p>A device can claim to be of any model. To be sure, also ask for proof of who made the device.</p>
        </>,
      )}
    </>
  )
}
