import type { DeskProfile } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button, ButtonLink, LineLink } from '../../../parts/buttons.tsx'
import { ChooseOne } from '../../../parts/choices.tsx'
import { ErrorSummary, type FieldError, Form, TextField } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useTask } from '../../../parts/use-task.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'
import { AskSecondPerson } from '../requests/ask-second-person.tsx'
import { oneLine } from './one-line.ts'
import { type StandingStep, standingWords } from './standing-words.ts'
import { nameOf, WithProfile } from './with-profile.tsx'

/** What was chosen and written, as the API takes it. */
type Body = { because?: string; note?: string }

// The choices of each page are the words that its endpoint takes.
const take = (step: StandingStep, staffId: string, body: Body): Promise<undefined> => {
  const input = { staffId, ...body } as never
  if (step === 'pause') return call('POST /api/desk/people/:staffId/suspend', input)
  if (step === 'start') return call('POST /api/desk/people/:staffId/reinstate', input)
  if (step === 'close') return call('POST /api/desk/people/:staffId/close', input)
  if (step === 'reopen') return call('POST /api/desk/people/:staffId/reopen', input)
  return call('POST /api/desk/people/:staffId/erase', input)
}

const Done = ({ step, profile }: { step: StandingStep; profile: DeskProfile }) => {
  const { done, doneSays } = standingWords[step]
  const person = `/desk/people/${profile.staffId}`
  return (
    <Page title={done(nameOf(profile))}>
      <p>{doneSays}</p>
      {step === 'reopen' && <ButtonLink href={`/desk/issuing/${profile.staffId}`}>Send a set-up link</ButtonLink>}
      <LineLink href={person}>Go to their page</LineLink>
      <LineLink href="/desk">Find another person</LineLink>
    </Page>
  )
}

const Ask = ({ step, profile }: { step: StandingStep; profile: DeskProfile }) => {
  const { title, says, because, note: wantsNote, button } = standingWords[step]
  const [chosen, choose] = useState<string>()
  const [note, setNote] = useState('')
  const [error, setError] = useState<FieldError>()
  const [done, setDone] = useState(false)
  const [asking, setAsking] = useState<Body>()
  const task = useTask()
  const person = `/desk/people/${profile.staffId}`
  const check = useFreshCheck(task, 'you do this', person)

  const submit = () => {
    const words = oneLine(note)
    if (because.length > 0 && !chosen) return setError({ field: 'because', message: 'Select a reason' })
    if (wantsNote === 'needed' && !words) return setError({ field: 'note', message: 'Say why' })
    setError(undefined)
    const body = { ...(chosen && { because: chosen }), ...(words && { note: words }) }
    if (profile.may.close === 'by-request' && (step === 'close' || step === 'reopen')) return setAsking(body)
    return check.run(async () => {
      await take(step, profile.staffId, body)
      setDone(true)
    })
  }
  if (done) return <Done step={step} profile={profile} />
  if (asking) {
    const kind = step === 'close' ? 'close-person' : 'reopen-person'
    return <AskSecondPerson kind={kind} staffId={profile.staffId} asked={asking} back={person} />
  }
  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  return (
    <Page title={title(nameOf(profile))} hasErrors={error !== undefined} before={<ErrorSummary error={error} />}>
      {says.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Form onSubmit={submit}>
        {because.length > 0 && (
          <ChooseOne
            id="because"
            legend="Why?"
            options={because}
            value={chosen}
            error={error?.field === 'because' ? error : undefined}
            onChange={choose}
          />
        )}
        {wantsNote !== 'none' && (
          <TextField
            id="note"
            label={wantsNote === 'needed' ? 'Why are they coming back?' : 'Note (optional)'}
            hint="They can read it. Write nothing about patients."
            value={note}
            error={error?.field === 'note' ? error : undefined}
            onInput={setNote}
          />
        )}
        <Button type="submit" kind={step === 'start' || step === 'reopen' ? undefined : 'warning'} busy={task.busy}>
          {button}
        </Button>
      </Form>
      <LineLink href={person}>Go back without doing this</LineLink>
    </Page>
  )
}

/** A page that stops somebody for a moment before a step of the life of a profile. */
export const StandingPage = ({ step, staffId }: { step: StandingStep; staffId: string }) => (
  <WithProfile staffId={staffId}>{(profile) => <Ask step={step} profile={profile} />}</WithProfile>
)
