import type { SuspendAuthenticator } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { ErrorSummary, type FieldError, FieldMessage, Form, Radios } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { faultOfNote, NoteField, noteOf } from './note-field.tsx'
import { useWayDeed } from './use-deed.ts'
import type { WayProps } from './way-props.ts'

type Because = SuspendAuthenticator['because']
const field = 'because'
const options: { value: Because; label: string; hint?: string }[] = [
  { value: 'lost', label: 'They lost it' },
  { value: 'stolen', label: 'It was stolen' },
  { value: 'desk', label: 'Another reason', hint: 'Write it in the note.' },
]

const WhatFollows = ({ person: { name }, others }: Pick<WayProps, 'person' | 'others'>) => (
  <>
    <p>Nobody can log in with it from now, and it is logged out of Fobwatch. You can let them use it again.</p>
    {others.length > 0 ? (
      <p>
        {name} can still log in with {others.map((each) => `“${each.name}”`).join(' or ')}.
      </p>
    ) : (
      <p>{name} has no other way that works. To get back in, they need a link, code or pass from you.</p>
    )}
  </>
)

/** Pauses a way at once, for a reason. */
export const PauseWay = ({ person, way, others }: WayProps) => {
  const { staffId } = person
  const [because, choose] = useState<Because>()
  const [note, setNote] = useState('')
  const [error, setError] = useState<FieldError>()
  const errorOf = (of: string) => (error?.field === of ? error : undefined)
  const deed = useWayDeed(staffId, `you pause “${way.name}”`, `“${way.name}” is paused.`)
  const needsNote = because === 'desk'
  const pause = () => {
    const fault = because ? needsNote && faultOfNote(note) : { field, message: 'Select why' }
    setError(fault || undefined)
    if (!because || fault) return
    const body = { staffId, id: way.id, because, ...noteOf(note) }
    deed.run(() => call('POST /api/desk/people/:staffId/authenticators/:id/suspend', body))
  }
  if (deed.page) return <>{deed.page}</>
  if (deed.trouble) return <TroublePage trouble={deed.trouble} onRetry={deed.clear} />
  return (
    <Page title={`Pause “${way.name}”?`} hasErrors={error !== undefined} before={<ErrorSummary error={error} />}>
      <WhatFollows person={person} others={others} />
      <Form onSubmit={pause}>
        <div class={errorOf(field) ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
          <fieldset class="nhsuk-fieldset" aria-describedby={errorOf(field) && `${field}-error`}>
            <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">Why?</legend>
            <FieldMessage error={errorOf(field)} />
            <Radios
              name={field}
              options={options}
              value={because}
              onChange={(value) => choose(options.find((option) => option.value === value)?.value)}
            />
          </fieldset>
        </div>
        <NoteField value={note} needed={needsNote} error={errorOf('note')} onInput={setNote} />
        <Button type="submit" kind="warning" busy={deed.busy}>
          Pause {way.name}
        </Button>
      </Form>
      <LineLink href={deed.back}>Go back without pausing it</LineLink>
    </Page>
  )
}
