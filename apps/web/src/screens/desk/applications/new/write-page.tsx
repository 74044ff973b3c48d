import type { DefineApi } from '@fobwatch/contracts'
import { Button, LineLink } from '../../../../parts/buttons.tsx'
import { ErrorsSummary, Form } from '../../../../parts/fields.tsx'
import { Page } from '../../../../parts/page.tsx'
import { TroublePage } from '../../../../parts/trouble-page.tsx'
import { useTask } from '../../../../parts/use-task.ts'
import type { Draft, FieldName } from '../../../../words/applications/fields.ts'
import { FieldEditor } from '../field-editor.tsx'
import { useWriting } from '../use-writing.ts'
import { faultsOfDraft } from './check-draft.ts'

interface Props {
  title: string
  fields: readonly FieldName[]
  draft: Draft
  apis: readonly DefineApi[]
  onWritten: (draft: Draft) => void
}

/** A page where something about a new application is written. It goes on once what is written there has no fault. */
export const WritePage = ({ title, fields, draft, apis, onWritten }: Props) => {
  const writing = useWriting(draft)
  const task = useTask()
  const goOn = () => {
    const unread = writing.unread()
    writing.setErrors(unread)
    if (unread.length > 0) return
    return task.run(async () => {
      const faults = await faultsOfDraft(writing.draft)
      const here = faults.filter(({ field }) => fields.some((each) => each === field))
      writing.setErrors(here)
      if (here.length === 0) onWritten(writing.draft)
    })
  }
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  return (
    <Page title={title} hasErrors={writing.errors.length > 0} before={<ErrorsSummary errors={writing.errors} />}>
      <Form onSubmit={goOn}>
        {fields.map((field) => (
          <FieldEditor
            key={field}
            name={field}
            draft={writing.draft}
            apis={apis}
            error={writing.errorOf(field)}
            onChange={writing.write(field)}
          />
        ))}
        <Button type="submit" busy={task.busy}>
          Continue
        </Button>
      </Form>
      <LineLink href="/desk/applications">Go back without adding it</LineLink>
    </Page>
  )
}
