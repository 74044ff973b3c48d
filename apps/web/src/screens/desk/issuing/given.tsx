import type { IssuedInvitation } from '@fobwatch/contracts'
import { LineLink } from '../../../parts/buttons.tsx'
import { CopyButton } from '../../../parts/copy-button.tsx'
import { Page } from '../../../parts/page.tsx'
import { momentWords, timeWords } from '../../../words/dates.ts'
import { inGroups, spelled } from '../../../words/issuing.ts'
import { Progress } from './progress.tsx'
import { useCancel } from './use-cancel.tsx'

interface Props {
  name: string
  email: string | null
  staffId: string
  issued: IssuedInvitation
}

const titles = { link: 'Set-up link', code: 'Code', pass: 'Temporary pass' } as const

const TheLink = ({ name, url }: { name: string; url: string }) => (
  <>
    <p>Give it to {name} and nobody else. Whoever uses it first can set up a device.</p>
    <p class="fobwatch-secret">
      <code>{url}</code>
    </p>
    <CopyButton label="Copy the link" text={url} done="The link is copied." />
  </>
)

const TheCode = ({ name, staffId, code }: { name: string; staffId: string; code: string }) => (
  <>
    <p>
      Read this to {name} and nobody else. They open <strong>{location.host}/enrol/code</strong> and type it in with
      their user number, {staffId}.
    </p>
    <p class="fobwatch-secret fobwatch-aloud">
      <code>{inGroups(code)}</code>
    </p>
    <p>Say it like this: {spelled(code)}.</p>
  </>
)

const until = ({ channel, expiresAt }: IssuedInvitation) => {
  if (channel === 'link') return `It works once, until ${momentWords(expiresAt)}.`
  return `It can be typed in once, until ${timeWords(expiresAt)}. From then they have 15 minutes to set up a device. After 5 wrong tries they must wait 15 minutes, or type it in somewhere else.`
}

/** What was made, shown once, and what becomes of it while the agent waits. */
export const Given = ({ name, email, staffId, issued }: Props) => {
  const cancel = useCancel(staffId)
  if (cancel.page) return <>{cancel.page}</>
  return (
    <Page title={`${titles[issued.channel]} for ${name}`}>
      {issued.url && <TheLink name={name} url={issued.url} />}
      {issued.code && <TheCode name={name} staffId={staffId} code={issued.code} />}
      {issued.mailed && <p class="fobwatch-breakable">We are sending it to {email}. It comes from Fobwatch.</p>}
      <p>
        {until(issued)} {!issued.mailed && 'You will not see it again when you leave this page.'}
      </p>
      <Progress key={cancel.round} staffId={staffId} id={issued.id}>
        {cancel.button}
      </Progress>
      <LineLink href={`/desk/people/${staffId}`}>Go back to {name}</LineLink>
    </Page>
  )
}
