import type { RaiseRequest } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { Form } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import { TextArea } from '../../../parts/text-area.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useTask } from '../../../parts/use-task.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'

interface Props {
  kind: RaiseRequest['kind']
  staffId: string
  name: string
  /** What is asked, as the deed itself takes it. */
  asked: Record<string, unknown>
  back: string
}

/** What somebody writes on one line. */
export const oneLine = (text: string): string => text.trim().replace(/\s+/g, ' ').slice(0, 500)

/** Asks a colleague to agree to something about a person; their yes does it. */
export const AskColleague = ({ kind, staffId, name, asked, back }: Props) => {
  const [note, setNote] = useState('')
  const [isAsked, setAsked] = useState(false)
  const task = useTask()
  const check = useFreshCheck(task, 'you ask a colleague', back)
  const ask = () =>
    check.run(async () => {
      const words = oneLine(note)
      await call('POST /api/desk/requests', { kind, staffId, asked, ...(words && { note: words }) })
      setAsked(true)
    })
  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  if (isAsked)
    return (
      <Page title="You asked a colleague">
        <p>Nothing is changed for {name} yet. It is done as soon as a colleague agrees.</p>
        <LineLink href="/desk/requests?list=mine">See what you asked for</LineLink>
        <LineLink href={back}>Go back to {name}</LineLink>
      </Page>
    )
  return (
    <Page title="A colleague has to agree">
      <p>One person alone cannot do this for {name}. Nothing is changed yet.</p>
      <Form onSubmit={ask}>
        <TextArea
          id="note"
          label="Note for them (optional)"
          hint="Say why it is needed."
          value={note}
          error={undefined}
          onInput={setNote}
        />
        <Button type="submit" busy={task.busy}>
          Ask a colleague
        </Button>
      </Form>
      <LineLink href={back}>Go back without asking</LineLink>
    </Page>
  )
}
