import type { MyInformation } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../api.ts'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Page } from '../../parts/page.tsx'
import { saveAsFile } from '../../parts/save-as-file.ts'
import { SignedIn } from '../../parts/signed-in.tsx'
import { SummaryList } from '../../parts/summary-list.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { useTask } from '../../parts/use-task.ts'
import { dayWords } from '../../words/dates.ts'
import { bodyNames, documentNames, methodNames } from '../../words/people.ts'
import { useFreshCheck } from '../check/use-fresh-check.tsx'
import { MyHistory } from './my-history.tsx'

const none = 'None'
const fullName = ({ title, givenName, middleNames, familyName }: MyInformation) =>
  [title, givenName, middleNames, familyName].filter(Boolean).join(' ')

const identityWords = ({ level, how, provedAt }: MyInformation['identity']) =>
  provedAt && how ? `Level ${level}. ${methodNames[how]}, on ${dayWords(provedAt)}` : `Level ${level}`

const Details = ({ me }: { me: MyInformation }) => (
  <SummaryList
    rows={[
      { key: 'Name', value: fullName(me) },
      { key: 'User number', value: me.staffId },
      { key: 'Date of birth', value: me.birthDate ? dayWords(me.birthDate, 'UTC') : none },
      { key: 'Work email', value: me.email ?? none },
      { key: 'Phone', value: me.phone ?? none },
      { key: 'HR number', value: me.externalId ?? none },
      { key: 'Identity check', value: identityWords(me.identity) },
      { key: 'Where you work', value: me.organisations.map(({ name }) => name).join(', ') || none },
      { key: 'Ways to log in', value: me.waysToLogIn.join(', ') || none },
    ]}
  />
)

const states = { planned: 'from', now: 'since', over: 'ended; it began' }

const Lists = ({ me }: { me: MyInformation }) => (
  <>
    <h2 class="nhsuk-heading-m">What you showed us</h2>
    {me.identity.evidence.length === 0 ? (
      <p>No documents were recorded.</p>
    ) : (
      <ul>
        {me.identity.evidence.map((shown) => (
          <li key={`${shown.document} ${shown.provedAt}`}>
            {documentNames[shown.document]}
            {shown.numberEnd && `, number ending ${shown.numberEnd}`}, in the name of {shown.nameOnDocument}, seen on{' '}
            {dayWords(shown.provedAt)}
          </li>
        ))}
      </ul>
    )}
    <h2 class="nhsuk-heading-m">Your registrations</h2>
    {me.professions.length === 0 ? (
      <p>{none}.</p>
    ) : (
      <SummaryList rows={me.professions.map(({ body, number }) => ({ key: bodyNames[body], value: number }))} />
    )}
    <h2 class="nhsuk-heading-m">Your roles</h2>
    {me.positions.length === 0 ? (
      <p>{none}.</p>
    ) : (
      <ul>
        {me.positions.map(({ name, organisation, state, startsAt, expiresAt }) => (
          <li key={`${name} ${organisation} ${startsAt}`}>
            {name}, {organisation}, {states[state]} {dayWords(startsAt)}
            {expiresAt && state !== 'over' && `, until ${dayWords(expiresAt)}`}
          </li>
        ))}
      </ul>
    )}
  </>
)

const Information = () => {
  const found = useFetched('me', () => call('GET /api/me', {}))
  const [saved, setSaved] = useState(false)
  const task = useTask()
  const check = useFreshCheck(task, 'you download all that we hold about you', '/information')
  const download = () =>
    check.run(async () => {
      saveAsFile('my-information.json', await call('GET /api/me/export', {}))
      setSaved(true)
    })
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  const me = found.value
  if (!me) return <Loading />
  return (
    <Page title="Your information">
      <p>
        This is all that Fobwatch holds about you. Something is wrong? Ask the registration authority desk to change it.
      </p>
      <Details me={me} />
      <Lists me={me} />
      {saved && <p>The file is in your downloads.</p>}
      <Button kind="secondary" busy={task.busy} onPress={download}>
        Download it all
      </Button>
      <LineLink href="/logged-in">Where you are logged in</LineLink>
      <MyHistory />
      <LineLink href="/">Go to the start page</LineLink>
    </Page>
  )
}

/** All that is held about whoever is logged in, and what was done by them and to them. */
export const YourInformation = () => <SignedIn>{() => <Information />}</SignedIn>
