import type { DefineApi } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { ChooseMany, ChooseOne } from '../../../parts/choices.tsx'
import { type FieldError, TextField } from '../../../parts/fields.tsx'
import { TextArea } from '../../../parts/text-area.tsx'
import { type Draft, type Field, type FieldName, fields } from '../../../words/applications/fields.ts'
import { saidOf, withValue } from '../../../words/applications/values.ts'

interface Props {
  name: FieldName
  draft: Draft
  /** Those that there are. */
  apis: readonly DefineApi[]
  error: FieldError | undefined
  /** @param wrong what keeps it from being read at all, where something does */
  onChange: (draft: Draft, wrong?: string) => void
}

interface PartProps<K extends Field['kind']> {
  name: FieldName
  field: Extract<Field, { kind: K }>
  value: unknown
  error: FieldError | undefined
  onValue: (value: unknown, wrong?: string) => void
}

const Line = ({ name, field, value, error, onValue }: PartProps<'text' | 'address'>) => (
  <TextField
    id={name}
    label={field.question}
    {...(field.hint && { hint: field.hint })}
    value={String(value ?? '')}
    error={error}
    onInput={(text) => onValue(text.trim() === '' ? undefined : text)}
  />
)

const Lines = ({ name, field, value, error, onValue }: PartProps<'addresses'>) => {
  const [text, setText] = useState(((value ?? []) as string[]).join('\n'))
  const write = (next: string) => {
    setText(next)
    const lines = next.split('\n').map((line) => line.trim())
    const addresses = lines.filter((line) => line !== '')
    onValue(addresses.length === 0 ? undefined : addresses)
  }
  return <TextArea id={name} label={field.question} hint={field.hint} value={text} error={error} onInput={write} />
}

const asNumber = (text: string): number | undefined => (/^\d{1,6}$/.test(text) ? Number(text) : undefined)

const NumberLine = ({ name, field, value, error, onValue }: PartProps<'number'>) => {
  const [text, setText] = useState(value === undefined ? '' : String(value))
  const write = (next: string) => {
    setText(next)
    const number = asNumber(next.trim())
    if (next.trim() === '') return onValue(undefined)
    const isFine = number !== undefined && number <= field.most
    onValue(number, isFine ? undefined : `${field.label} must be a number, ${field.most} at most`)
  }
  return (
    <TextField
      id={name}
      label={field.question}
      {...(field.hint && { hint: field.hint })}
      value={text}
      error={error}
      onInput={write}
    />
  )
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const Keys = ({ name, field, value, error, onValue }: PartProps<'keys'>) => {
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, null, 2))
  const write = (next: string) => {
    setText(next)
    if (next.trim() === '') return onValue(undefined)
    const keys = parsed(next)
    onValue(keys, keys === undefined ? `${field.label} must be JSON` : undefined)
  }
  return (
    <TextArea id={name} label={field.question} hint={field.hint} rows={8} value={text} error={error} onInput={write} />
  )
}

const yesOrNo = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
]

const YesNo = ({ name, field, value, error, onValue }: PartProps<'yes'>) => (
  <ChooseOne
    id={name}
    legend={field.question}
    hint={field.hint}
    options={yesOrNo}
    value={String(value ?? field.usual)}
    error={error}
    onChange={(word) => onValue((word === 'true') === field.usual ? undefined : word === 'true')}
  />
)

const One = ({ name, field, value, error, onValue }: PartProps<'one'>) => {
  const read = (word: string): unknown => {
    if (word === field.usual) return undefined
    return word === 'true' ? true : word
  }
  return (
    <ChooseOne
      id={name}
      legend={field.question}
      hint={field.hint}
      options={field.choices}
      value={String(value ?? field.usual)}
      error={error}
      onChange={(word) => onValue(read(word))}
    />
  )
}

const chosenOf = (field: PartProps<'many' | 'words'>['field'], value: unknown): string[] => {
  if (field.kind === 'words')
    return String(value ?? '')
      .split(' ')
      .filter(Boolean)
  return (value ?? [...(field.usual ?? [])]) as string[]
}

/** Those that are not among the choices stay to be chosen by their own names. */
const Several = ({ name, field, value, error, onValue }: PartProps<'many' | 'words'>) => {
  const chosen = chosenOf(field, value)
  const [others] = useState(chosen.filter((each) => !field.choices.some((choice) => choice.value === each)))
  const write = (next: string[]) => {
    if (next.length === 0) return onValue(undefined)
    onValue(field.kind === 'words' ? next.join(' ') : next)
  }
  return (
    <ChooseMany
      id={name}
      legend={field.question}
      hint={field.hint}
      options={[...field.choices, ...others.map((each) => ({ value: each, label: each }))]}
      values={chosen}
      error={error}
      onChange={write}
    />
  )
}

const Apis = ({ name, field, value, error, onValue, apis }: PartProps<'apis'> & Pick<Props, 'apis'>) =>
  apis.length === 0 ? (
    <p>There are no APIs yet.</p>
  ) : (
    <ChooseMany
      id={name}
      legend={field.question}
      hint={field.hint}
      options={apis.map((api) => ({ value: api.resource, label: api.name, hint: api.resource }))}
      values={(value ?? []) as string[]}
      error={error}
      onChange={onValue}
    />
  )

/** Where one thing about an application is written. */
export const FieldEditor = ({ name, draft, apis, error, onChange }: Props) => {
  const field = fields[name]
  const onValue = (value: unknown, wrong?: string) => onChange(withValue(draft, name, value), wrong)
  const part = { name, value: saidOf(draft, name), error, onValue }
  switch (field.kind) {
    case 'text':
    case 'address':
      return <Line {...part} field={field} />
    case 'addresses':
      return <Lines {...part} field={field} />
    case 'number':
      return <NumberLine {...part} field={field} />
    case 'keys':
      return <Keys {...part} field={field} />
    case 'yes':
      return <YesNo {...part} field={field} />
    case 'one':
      return <One {...part} field={field} />
    case 'many':
    case 'words':
      return <Several {...part} field={field} />
    case 'apis':
      return <Apis {...part} field={field} apis={apis} />
  }
}
