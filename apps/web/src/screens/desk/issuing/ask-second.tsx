import type { AskedInvitation, RaisedRequest } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { Form, TextField } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useTask } from '../../../parts/use-task.ts'
import { momentWords } from '../../../words/dates.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'

interface Props {
  name: string
  staffId: string
  asked: AskedInvitation
}

const Asked = ({ name, raised, staffId }: { name: string; raised: RaisedRequest; staffId: string }) => (
  <Page title="We asked for a second person">
    <p>Somebody else at the desk must agree before you can make this for {name}.</p>
    <p>They can agree until {momentWords(raised.dueAt)}. Then you have 24 hours to make it.</p>
    <LineLink href={`/desk/issuing/${staffId}?request=${raised.id}`}>Go on when they have agreed</LineLink>
    <LineLink href="/desk/requests">See all requests</LineLink>
    <LineLink href={`/desk/people/${staffId}`}>Go back to {name}</LineLink>
  </Page>
)

/** It takes two people: asks for another, with a note for them. */
export const AskSecond = ({ name, staffId, asked }: Props) => {
  const [note, setNote] = useState('')
  const [raised, setRaised] = useState<RaisedRequest>()
  const person = `/desk/people/${staffId}`
  const task = useTask()
  const check = useFreshCheck(task, 'you ask for a second person', person)
  const ask = () =>
    check.run(async () => {
      const words = note.trim()
      const request = { kind: 'enrol-level-3', staffId, asked: { ...asked }, ...(words && { note: words }) } as const
      setRaised(await call('POST /api/desk/requests', request))
    })
  if (raised) return <Asked name={name} raised={raised} staffId={staffId} />
  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  return (
    <Page title="This takes 2 people">
      <p>
        {name} has the highest identity check, level 3. So somebody else at the desk must agree before you give them a
        way to set up a device.
      </p>
      <Form onSubmit={ask}>
        <TextField
          id="note"
          label="A note for them (optional)"
          hint="Why it is needed. Do not write anything about a patient."
          value={note}
          error={undefined}
          onInput={setNote}
        />
        <Button type="submit" busy={task.busy}>
          Ask for a second person
        </Button>
      </Form>
      <LineLink href={person}>Go back without asking</LineLink>
    </Page>
  )
}
