import type { LogoutTestApplications, TestLogout } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { ErrorSummary, FieldMessage, Form, Radios } from '../../parts/fields.tsx'
import { Page } from '../../parts/page.tsx'

export type Wish = TestLogout

interface Props {
  applications: LogoutTestApplications['applications']
  /** What was sent the last time. */
  wish: Wish | undefined
  busy: boolean
  onSend: (wish: Wish) => unknown
}

const whoseOptions = [
  { value: 'mine', label: 'My own', hint: 'Log in to the application first. If it works, you are logged out of it.' },
  { value: 'nobody', label: 'One that never was', hint: 'The application should say yes, and nobody is logged out.' },
]

const isWhose = (value: string): value is Wish['whose'] => value === 'mine' || value === 'nobody'

/** Which application is sent a log out, and whose. */
export const Ask = ({ applications, wish, busy, onSend }: Props) => {
  const told = applications.flatMap(({ id, name, address }) =>
    address ? [{ value: id, label: name, hint: address }] : [],
  )
  const [client, setClient] = useState(wish?.client ?? (told.length === 1 ? told[0]?.value : undefined))
  const [whose, setWhose] = useState<Wish['whose']>(wish?.whose ?? 'mine')
  const [tried, setTried] = useState(false)
  const error = tried && !client ? { field: 'client', message: 'Select an application' } : undefined

  if (told.length === 0)
    return (
      <Page title="Try an application’s log out">
        <p>No application has an address where it is told of log outs (backchannel_logout_uri).</p>
        <LineLink href="/">Go back</LineLink>
      </Page>
    )
  const send = () => {
    setTried(true)
    if (client) onSend({ client, whose })
  }
  return (
    <Page title="Try an application’s log out" hasErrors={error !== undefined} before={<ErrorSummary error={error} />}>
      <p>We send it a signed logout token, like a real one, and show you what it answers. You stay logged in here.</p>
      <Form onSubmit={send}>
        <fieldset class={error ? 'nhsuk-fieldset nhsuk-form-group--error' : 'nhsuk-fieldset'}>
          <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">Which application?</legend>
          <FieldMessage error={error} />
          <Radios name="client" options={told} value={client} onChange={setClient} />
        </fieldset>
        <fieldset class="nhsuk-fieldset fobwatch-after">
          <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">Whose log in does it name?</legend>
          <Radios
            name="whose"
            options={whoseOptions}
            value={whose}
            onChange={(next) => isWhose(next) && setWhose(next)}
          />
        </fieldset>
        <p class="fobwatch-after">
          <Button type="submit" busy={busy}>
            Send it
          </Button>
        </p>
      </Form>
      <LineLink href="/">Go back</LineLink>
    </Page>
  )
}
