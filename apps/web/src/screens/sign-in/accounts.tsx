import type { Account, SignInState, SignInStep } from '@fobwatch/contracts'
import { call } from '../../api.ts'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useTask } from '../../parts/use-task.ts'
import { levelWord } from '../../words/checks.ts'
import { momentWords } from '../../words/dates.ts'
import { GoBack } from './go-back.tsx'

interface Props {
  interaction: string
  state: Pick<SignInState, 'application' | 'accounts'>
  onStep: (step: SignInStep) => Promise<void>
  /** Looks again who is there. */
  onStale: () => unknown
}

/** The page of the log-in screen for whoever is not there yet. */
const somebodyElse = 'somebody-else'

const sinceWords = ({ assuranceLevel, authenticatedAt, current }: Account) =>
  `${current ? 'You are this person now. ' : ''}Logged in by a ${levelWord(assuranceLevel)} check at ${momentWords(authenticatedAt)}.`

/** For testers: which of the people of the sandbox, who are all logged in in this browser, the application is to meet. */
export const Accounts = ({ interaction, state: { application, accounts }, onStep, onStale }: Props) => {
  const task = useTask()
  const be = (session: string) =>
    task.run(async () => onStep(await call('POST /sign-in/:interaction/account', { interaction, session })), true)
  const lookAgain = () => {
    task.clear()
    onStale()
  }

  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={lookAgain} />
  return (
    <Page title="Who do you want to be?">
      <p>Nobody here exists. They are for testing, and you logged in as each of them.</p>
      {accounts.map((account) => (
        <section key={account.session}>
          <h2 class="nhsuk-heading-s">{account.name}</h2>
          <p>{sinceWords(account)}</p>
          <Button kind="secondary" busy={task.busy} onPress={() => be(account.session)}>
            Be {account.name}
          </Button>
        </section>
      ))}
      <LineLink href={`?page=${somebodyElse}`}>Be somebody else</LineLink>
      <GoBack {...{ interaction, application, task, onStep }} />
    </Page>
  )
}
