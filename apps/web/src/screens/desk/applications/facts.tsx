import type { DefineApi } from '@fobwatch/contracts'
import { Link } from 'wouter-preact'
import { SummaryList } from '../../../parts/summary-list.tsx'
import { type Draft, type FieldName, fields, groups } from '../../../words/applications/fields.ts'
import { fieldWords } from '../../../words/applications/values.ts'
import { inSentence } from '../../../words/in-sentence.ts'

interface Props {
  draft: Draft
  apis: readonly DefineApi[]
  /** Where a field is changed; nothing where it cannot be. */
  hrefOf?: (field: FieldName) => string | undefined
}

const Values = ({ values }: { values: readonly string[] }) =>
  values.length === 1 ? (
    <span>{values[0]}</span>
  ) : (
    <ul class="nhsuk-list">
      {values.map((value) => (
        <li key={value}>{value}</li>
      ))}
    </ul>
  )

/** Everything that there is to say of an application, in plain words. */
export const Facts = ({ draft, apis, hrefOf = () => undefined }: Props) => {
  const rowOf = (field: FieldName) => {
    const href = hrefOf(field)
    return {
      key: fields[field].label,
      value: <Values values={fieldWords(draft, field, apis)} />,
      ...(href && {
        action: (
          <Link class="nhsuk-link" id={field} href={href}>
            Change<span class="nhsuk-u-visually-hidden"> {inSentence(fields[field].label)}</span>
          </Link>
        ),
      }),
    }
  }
  return (
    <>
      {groups.map((group) => (
        <div key={group.heading}>
          <h2 class="nhsuk-heading-m">{group.heading}</h2>
          <SummaryList rows={group.fields.map(rowOf)} />
        </div>
      ))}
    </>
  )
}
