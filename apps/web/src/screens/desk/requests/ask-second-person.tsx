import type { RaisedRequest, RequestKind } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { Form } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import { TextArea } from '../../../parts/text-area.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useTask } from '../../../parts/use-task.ts'
import { asTrouble } from '../../../trouble.ts'
import { dayWords } from '../../../words/dates.ts'
import { kindWords, whatNext, whoApproves, whoElse, whyTwo } from '../../../words/requests.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'

interface Props {
  kind: RequestKind
  /** Whom it is about, where it is about somebody. */
  staffId?: string | undefined
  /** What the deed's own endpoint takes, without `request`. */
  asked: object
  /** Where to go back to. */
  back: string
  /** What would be done, where the page knows it better than the kind says, as in "give Nurse, Ward 7 to Wren". */
  what?: string | undefined
}

const Asked = ({ kind, id, dueAt, back }: Pick<Props, 'kind' | 'back'> & RaisedRequest) => (
  <Page title="You have asked a second person">
    <p>{whoApproves(kind)}</p>
    <p>{whatNext(kind)}</p>
    <p>It waits until {dayWords(dueAt)}. Tell them that you asked: nobody gets a message.</p>
    <LineLink href={`/desk/requests/${id}`}>See what you asked for</LineLink>
    <LineLink href={back}>Go back</LineLink>
  </Page>
)

const AskedBefore = ({ back }: Pick<Props, 'back'>) => (
  <Page title="You have asked for this already">
    <p>What you asked for is still open, or approved and not used yet.</p>
    <LineLink href="/desk/requests/mine">See what you asked for</LineLink>
    <LineLink href={back}>Go back</LineLink>
  </Page>
)

const noteField = 'note'
const tooLong = { field: noteField, message: 'Use 500 characters or fewer' }

/**
 * Offers to ask a second person, in place of a page whose deed was refused with `second_person_needed`, or that one may do
 * by request only. It says who can approve it and what happens then.
 */
export const AskSecondPerson = ({ kind, staffId, asked, back, what }: Props) => {
  const why = whyTwo(kind)
  const byRequest = !why
  const [note, setNote] = useState('')
  const [raised, setRaised] = useState<RaisedRequest>()
  const task = useTask()
  const check = useFreshCheck(task, 'you ask a second person', back)
  // A request's note is one line.
  const written = note.trim().replace(/\s+/g, ' ')
  const ask = () => {
    if (written.length > 500) return
    void check.run(async () => {
      const request = { kind, asked: { ...asked }, ...(staffId && { staffId }), ...(written && { note: written }) }
      setRaised(await call('POST /api/desk/requests', request))
    })
  }

  if (check.page) return <>{check.page}</>
  if (task.trouble && asTrouble(task.trouble).code === 'request_taken') return <AskedBefore back={back} />
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  if (raised) return <Asked {...{ ...raised, kind, back }} />
  return (
    <Page title={byRequest ? 'Ask for this to be done' : 'This takes 2 people'}>
      <p>
        {byRequest
          ? 'You can ask for this. Somebody else decides.'
          : `${why} You start it, and somebody else approves it. That keeps people safe if one of you makes a mistake.`}
      </p>
      {what ? (
        <p>You want to {what}. Nothing is changed yet.</p>
      ) : (
        <p>
          What you ask for: <strong>{kindWords[kind]}</strong>. Nothing is changed yet.
        </p>
      )}
      <p>{whoApproves(kind)}</p>
      {!byRequest && <p>{whoElse}</p>}
      <p>{whatNext(kind)}</p>
      <Form onSubmit={ask}>
        <TextArea
          id={noteField}
          label="Why you ask (you can leave this empty)"
          hint="Whoever decides reads this. Write nothing about patients."
          rows={3}
          value={note}
          error={written.length > 500 ? tooLong : undefined}
          onInput={setNote}
        />
        <Button type="submit" busy={task.busy}>
          {byRequest ? 'Ask for it' : 'Ask a second person'}
        </Button>
      </Form>
      <LineLink href={back}>Go back without asking</LineLink>
    </Page>
  )
}
