import type { DefineApi } from '@fobwatch/contracts'
import { type Choice, type Draft, type Field, type FieldName, fields } from './fields.ts'

/** What a draft says of one thing; undefined where it is left out. */
export const saidOf = ({ id, name, apis, metadata }: Draft, field: FieldName): unknown => {
  if (field === 'id') return id
  if (field === 'name') return name
  return field === 'apis' ? apis : metadata[field]
}

/** The same draft with something else said of one thing, or nothing. */
export const withValue = (draft: Draft, field: FieldName, value: unknown): Draft => {
  if (field === 'id' || field === 'name') return { ...draft, [field]: String(value ?? '') }
  if (field === 'apis') return { ...draft, apis: (value ?? []) as string[] }
  const { [field]: _before, ...rest } = draft.metadata
  return { ...draft, metadata: value === undefined ? rest : { ...rest, [field]: value } }
}

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`

/** A number as words: whole hours as hours, and whole minutes as minutes. */
const numberWords = (value: number, unit: string): string => {
  if (unit !== 'seconds' || value === 0 || value % 60 !== 0) return `${value.toLocaleString('en-GB')} ${unit}`
  return value % 3_600 === 0 ? counted(value / 3_600, 'hour') : counted(value / 60, 'minute')
}

const labelOf = (choices: readonly Choice[], value: string): string =>
  choices.find((choice) => choice.value === value)?.label ?? value

const apiWords = (resource: string, apis: readonly DefineApi[]): string => {
  const known = apis.find((api) => api.resource === resource)
  return known ? `${known.name} (API)` : resource
}

/** A value as words; a list has one for each. */
const wordsOf = (field: Field, value: unknown, apis: readonly DefineApi[]): string | readonly string[] => {
  switch (field.kind) {
    case 'text':
    case 'address':
      return value ? String(value) : 'None'
    case 'addresses':
      return (value ?? []) as string[]
    case 'one':
      return labelOf(field.choices, String(value ?? field.usual))
    case 'many':
      return ((value ?? []) as string[]).map((each) => labelOf(field.choices, each))
    case 'words':
      return value
        ? String(value)
            .split(' ')
            .map((each) => labelOf(field.choices, each))
        : []
    case 'yes':
      return (value ?? field.usual) ? 'Yes' : 'No'
    case 'number':
      return value === undefined ? field.usual : numberWords(Number(value), field.unit)
    case 'keys':
      return ((value as { keys?: { kid?: unknown; kty?: unknown }[] } | undefined)?.keys ?? []).map(({ kid, kty }) =>
        String(kid ?? `A key of type ${kty}`),
      )
    case 'apis':
      return ((value ?? []) as string[]).map((each) => apiWords(each, apis))
  }
}

const noneOf = (field: Field): string => ('none' in field ? field.none : 'None')

/** What a draft says of one thing, in plain words, one for each of several. */
export const fieldWords = (draft: Draft, name: FieldName, apis: readonly DefineApi[] = []): readonly string[] => {
  const words = wordsOf(fields[name], saidOf(draft, name), apis)
  if (typeof words === 'string') return [words]
  return words.length === 0 ? [noneOf(fields[name])] : words
}
