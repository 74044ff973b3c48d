import type { DocumentKind, EvidencePart, ShownDocument } from '@fobwatch/contracts'
import { type FieldError, FieldMessage, TextField } from '../../../parts/fields.tsx'
import { documentNames, documentsFor } from '../../../words/people.ts'

/** A document as it is typed. */
export interface TypedDocument {
  document: DocumentKind | ''
  number: string
  name: string
}

export type TypedDocuments = Record<EvidencePart, TypedDocument>

const none: TypedDocument = { document: '', number: '', name: '' }
export const noDocuments: TypedDocuments = { photo: none, address: none, other: none }

/** Which parts a level takes. For level 1 it is any one. */
const partsFor = (level: number): readonly EvidencePart[] => {
  if (level === 3) return ['photo', 'address', 'other']
  return level === 2 ? ['photo', 'other'] : ['other']
}

const legends: Record<EvidencePart, string> = {
  photo: 'One with a photo',
  address: 'One that shows where they live',
  other: 'One more',
}

const number = /^[A-Za-z0-9][A-Za-z0-9 /.-]{2,39}$/

/** What is missing or cannot be, of the documents that a level takes. */
export const documentErrors = (level: number, typed: TypedDocuments): FieldError[] =>
  partsFor(level).flatMap((part, at) => {
    const { document, number: typedNumber, name } = typed[part]
    const isTwice = partsFor(level)
      .slice(0, at)
      .some((other) => document && typed[other].document === document)
    return [
      ...(document
        ? []
        : [{ field: `${part}-document`, message: `Select a document: ${legends[part].toLowerCase()}` }]),
      ...(isTwice ? [{ field: `${part}-document`, message: 'Select another document: each counts once' }] : []),
      ...((part === 'photo' || typedNumber.trim()) && !number.test(typedNumber.trim())
        ? [{ field: `${part}-number`, message: 'Enter the number on the document' }]
        : []),
      ...(name.trim() ? [] : [{ field: `${part}-name`, message: 'Enter the name on the document' }]),
    ]
  })

/** What was typed, as the API takes it. */
export const evidenceOf = (level: number, typed: TypedDocuments): ShownDocument[] =>
  partsFor(level).map((part) => {
    const { document, number: typedNumber, name } = typed[part]
    const shown = { part, document: document as DocumentKind, nameOnDocument: name.trim().replace(/\s+/g, ' ') }
    return typedNumber.trim() ? { ...shown, number: typedNumber.trim() } : shown
  })

interface Props {
  level: number
  typed: TypedDocuments
  errors: readonly FieldError[]
  onType: (typed: TypedDocuments) => void
}

const Document = ({ part, typed, errors, onType }: Omit<Props, 'level'> & { part: EvidencePart }) => {
  const value = typed[part]
  const change = (changed: Partial<TypedDocument>) => onType({ ...typed, [part]: { ...value, ...changed } })
  const errorOf = (field: string) => errors.find((each) => each.field === `${part}-${field}`)
  const error = errorOf('document')
  return (
    <fieldset class="nhsuk-fieldset nhsuk-u-margin-bottom-4">
      <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">{legends[part]}</legend>
      <div class={error ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
        <label class="nhsuk-label" for={`${part}-document`}>
          Document
        </label>
        <FieldMessage error={error} />
        <select
          class={error ? 'nhsuk-select nhsuk-select--error' : 'nhsuk-select'}
          id={`${part}-document`}
          value={value.document}
          aria-describedby={error ? `${part}-document-error` : undefined}
          onChange={(event) => change({ document: event.currentTarget.value as DocumentKind | '' })}
        >
          <option value="">Select a document</option>
          {documentsFor[part].map((kind) => (
            <option key={kind} value={kind}>
              {documentNames[kind]}
            </option>
          ))}
        </select>
      </div>
      <TextField
        id={`${part}-number`}
        label={part === 'photo' ? 'Number on it' : 'Number on it, if it has one'}
        hint="We keep its last 3 characters only."
        value={value.number}
        error={errorOf('number')}
        onInput={(typedNumber) => change({ number: typedNumber })}
      />
      <TextField
        id={`${part}-name`}
        label="Name on it"
        hint="Exactly as it is written there."
        value={value.name}
        error={errorOf('name')}
        onInput={(name) => change({ name })}
      />
    </fieldset>
  )
}

/** The fields of the documents that a level takes. */
export const DocumentFields = ({ level, ...props }: Props) => (
  <>
    {partsFor(level).map((part) => (
      <Document key={part} part={part} {...props} />
    ))}
  </>
)
