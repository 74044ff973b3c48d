import type { RevokeAuthenticator } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button, ButtonLink, LineLink } from '../../../parts/buttons.tsx'
import { ErrorSummary, type FieldError, FieldMessage, Form, Radios } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { NoteField, noteOf } from './note-field.tsx'
import { useWayDeed } from './use-deed.ts'
import type { WayProps } from './way-props.ts'

type Because = RevokeAuthenticator['because']
const field = 'because'
const options: { value: Because; label: string }[] = [
  { value: 'desk', label: 'They do not use it any more, or it is lost for good' },
  { value: 'left', label: 'They have left' },
]

/** Stands in between where it is their last way: whoever goes on knows what follows. */
const Interruption = ({ person: { staffId, name }, way, onGoOn }: WayProps & { onGoOn: () => void }) => (
  <Page title="This is their last way to log in">
    <p>
      If you remove “{way.name}”, {name} cannot log in any more.
    </p>
    <p>To get back in, they need a link, code or pass from the desk, which checks who they are.</p>
    <p>If it is lost, pause it instead. You can let them use it again when it is found.</p>
    <ButtonLink href={`/desk/people/${staffId}`}>Keep it</ButtonLink>
    <p>
      <Button kind="warning" onPress={onGoOn}>
        Go on to remove it
      </Button>
    </p>
  </Page>
)

/** Removes a way for good, for a reason. */
export const RemoveWay = (props: WayProps) => {
  const { person, way, others } = props
  const { staffId, name } = person
  const [knows, setKnows] = useState(others.length > 0 || way.status !== 'active')
  const [because, choose] = useState<Because>()
  const [note, setNote] = useState('')
  const [error, setError] = useState<FieldError>()
  const deed = useWayDeed(staffId, `you remove “${way.name}”`, `“${way.name}” is removed.`)
  const remove = () => {
    if (!because) return setError({ field, message: 'Select why' })
    const body = { staffId, id: way.id, because, ...noteOf(note) }
    deed.run(() => call('POST /api/desk/people/:staffId/authenticators/:id/revoke', body))
  }
  if (deed.page) return <>{deed.page}</>
  if (deed.trouble) return <TroublePage trouble={deed.trouble} onRetry={deed.clear} />
  if (!knows) return <Interruption {...props} onGoOn={() => setKnows(true)} />
  return (
    <Page title={`Remove “${way.name}”?`} hasErrors={error !== undefined} before={<ErrorSummary error={error} />}>
      <p>Nobody can log in with it any more, and it is logged out. This cannot be undone.</p>
      {others.length > 0 && (
        <p>
          {name} can still log in with {others.map((each) => `“${each.name}”`).join(' or ')}.
        </p>
      )}
      <p>To use the same device again, they set it up again.</p>
      <Form onSubmit={remove}>
        <div class={error ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
          <fieldset class="nhsuk-fieldset" aria-describedby={error && `${field}-error`}>
            <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">Why?</legend>
            <FieldMessage error={error} />
            <Radios
              name={field}
              options={options}
              value={because}
              onChange={(value) => choose(options.find((option) => option.value === value)?.value)}
            />
          </fieldset>
        </div>
        <NoteField value={note} onInput={setNote} />
        <Button type="submit" kind="warning" busy={deed.busy}>
          Remove {way.name}
        </Button>
      </Form>
      <LineLink href={deed.back}>Go back without removing it</LineLink>
    </Page>
  )
}
