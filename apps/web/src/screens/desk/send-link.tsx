import type { IssuedInvitation, IssueInvitation } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../api.ts'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { ErrorSummary, type FieldError, FieldMessage, Form, Radios } from '../../parts/fields.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { useTask } from '../../parts/use-task.ts'
import { momentWords } from '../../words/dates.ts'
import { useFreshCheck } from '../check/use-fresh-check.tsx'

type How = IssueInvitation['how']

const field = 'how'
const nothingChosen: FieldError = { field, message: 'Select how they will set it up' }
const options: { value: How; label: string; hint: string }[] = [
  { value: 'in-person', label: 'With me, in person', hint: 'You have seen them and checked who they are.' },
  { value: 'video', label: 'With me, on a video call', hint: 'You can see them and have checked who they are.' },
  { value: 'link', label: 'On their own', hint: 'You give the link to them and nobody else.' },
]

const Issued = ({ name, link, person }: { name: string; link: IssuedInvitation; person: string }) => (
  <Page title={`Set-up link for ${name}`}>
    <p>Give it to {name} and nobody else. Whoever uses it first can set up a device.</p>
    <p class="fobwatch-secret">
      <code>{link.url ?? ''}</code>
    </p>
    <CopyButton label="Copy the link" text={link.url ?? ''} done="The link is copied." />
    <p>
      It works once, until {momentWords(link.expiresAt)}. You will not see it again on this page. Links made before do
      not work any more.
    </p>
    <LineLink href={person}>Go back to {name}</LineLink>
  </Page>
)

const ChooseHow = ({
  name,
  person,
  onSend,
}: {
  name: string
  person: string
  onSend: (how: How) => Promise<unknown>
}) => {
  const [how, choose] = useState<How>()
  const [error, setError] = useState<FieldError>()
  const send = () => {
    setError(how ? undefined : nothingChosen)
    if (how) void onSend(how)
  }
  return (
    <Page
      title={`Make a set-up link for ${name}`}
      hasErrors={error !== undefined}
      before={<ErrorSummary error={error} />}
    >
      <Form onSubmit={send}>
        <div class={error ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
          <fieldset class="nhsuk-fieldset" aria-describedby={error && `${field}-error`}>
            <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">How will they set it up?</legend>
            <FieldMessage error={error} />
            <Radios
              name={field}
              options={options}
              value={how}
              onChange={(value) => choose(options.find((option) => option.value === value)?.value)}
            />
          </fieldset>
        </div>
        <Button type="submit">Make the link</Button>
      </Form>
      <LineLink href={person}>Go back without making a link</LineLink>
    </Page>
  )
}

/** Makes a set-up link, and shows it once. */
export const SendLink = ({ staffId }: { staffId: string }) => {
  const person = `/desk/people/${staffId}`
  const found = useFetched(staffId, () => call('GET /api/desk/people/:staffId', { staffId }))
  const [link, setLink] = useState<IssuedInvitation>()
  const task = useTask()
  const check = useFreshCheck(task, 'you make a set-up link', person)
  const send = (how: How) =>
    check.run(async () => setLink(await call('POST /api/desk/people/:staffId/invitations', { staffId, how })))

  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  if (!found.value) return <Loading />
  const { name } = found.value
  if (link) return <Issued name={name} link={link} person={person} />
  return <ChooseHow name={name} person={person} onSend={send} />
}
