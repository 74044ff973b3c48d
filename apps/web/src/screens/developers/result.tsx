import type { LogoutTest } from '@fobwatch/contracts'
import { Button } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'
import { SummaryList } from '../../parts/summary-list.tsx'

interface Props {
  test: LogoutTest
  busy: boolean
  onAgain: () => unknown
  onBack: () => unknown
}

const titles = {
  taken: 'The log out was accepted',
  refused: 'The log out was refused',
  again: 'The log out was not accepted yet',
}

const Code = ({ text }: { text: string }) => <pre class="fobwatch-code">{text}</pre>

const rowsOf = ({ address, answer, milliseconds }: LogoutTest) => [
  { key: 'Sent to', value: address },
  { key: 'Answer', value: answer ? `HTTP ${answer.status}` : 'None' },
  { key: 'Time', value: `${milliseconds} milliseconds` },
  { key: 'It said', value: answer?.body ? <Code text={answer.body} /> : 'Nothing' },
]

/** What was sent, and what came back. */
export const Result = ({ test, busy, onAgain, onBack }: Props) => (
  <Page title={titles[test.verdict]}>
    <p>{test.meaning}</p>
    <SummaryList rows={rowsOf(test)} />
    <h2 class="nhsuk-heading-m">What we sent</h2>
    <p>A POST of a form with one field, logout_token. Its header and its claims were:</p>
    <Code text={test.header} />
    <Code text={test.claims} />
    <Button busy={busy} onPress={onAgain}>
      Send the same again
    </Button>
    <p>
      <Button kind="secondary" busy={busy} onPress={onBack}>
        Change what is sent
      </Button>
    </p>
  </Page>
)
