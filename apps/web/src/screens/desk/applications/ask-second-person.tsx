import type { RaisedRequest } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { ErrorSummary, type FieldError, Form } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import { TextArea } from '../../../parts/text-area.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useTask } from '../../../parts/use-task.ts'
import { asTrouble } from '../../../trouble.ts'
import { momentWords } from '../../../words/dates.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'

interface Props {
  /** The application, and what would be done. */
  name: string
  asked: Record<string, unknown>
  back: string
}

const field = 'note'
const longest = 500

const Asked = ({ name, request }: { name: string; request: RaisedRequest }) => (
  <Page title="You asked a second person">
    <p>
      Another service operator can now look at it, and agree or refuse. They have until {momentWords(request.dueAt)}.
    </p>
    <p>Once they agree, you have 24 hours to finish {name}. You find it at the top of your applications.</p>
    <LineLink href={`/desk/requests/${request.id}`}>See your request</LineLink>
    <LineLink href="/desk/applications">All applications</LineLink>
  </Page>
)

/** Asks another service operator to agree, with a note for them. */
export const AskSecondPerson = ({ name, asked, back }: Props) => {
  const [note, setNote] = useState('')
  const [error, setError] = useState<FieldError>()
  const [request, setRequest] = useState<RaisedRequest>()
  const task = useTask()
  const check = useFreshCheck(task, 'you ask a second person', back)
  const ask = () => {
    const words = note.trim().replace(/\s+/g, ' ')
    if (words.length > longest) return setError({ field, message: `Note must be ${longest} characters or less` })
    setError(undefined)
    return check.run(async () => {
      try {
        const input = { kind: 'add-client' as const, asked, ...(words && { note: words }) }
        setRequest(await call('POST /api/desk/requests', input))
      } catch (thrown) {
        if (asTrouble(thrown).code !== 'request_taken') throw thrown
        setError({ field, message: 'You have asked for this already. Find it at the top of your applications' })
      }
    })
  }
  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  if (request) return <Asked name={name} request={request} />
  return (
    <Page title="A second person has to agree" hasErrors={error !== undefined} before={<ErrorSummary error={error} />}>
      <p>People work with {name}. So one person alone cannot do this, and nothing is saved yet.</p>
      <p>Another service operator looks at what you wrote, and agrees or refuses.</p>
      <Form onSubmit={ask}>
        <TextArea
          id={field}
          label="Note for them (optional)"
          hint="Say who asked for it, and why. Write nothing about patients."
          value={note}
          error={error}
          onInput={setNote}
        />
        <Button type="submit" busy={task.busy}>
          Ask a second person
        </Button>
      </Form>
      <LineLink href={back}>Go back without asking</LineLink>
    </Page>
  )
}
