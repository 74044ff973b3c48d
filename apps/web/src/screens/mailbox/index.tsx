import type { MailboxMessage } from '@fobwatch/contracts'
import { call } from '../../api.ts'
import { Loading } from '../../parts/loading.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { momentWords } from '../../words/dates.ts'
import { NotFound } from '../not-found/index.tsx'

const Message = ({ message: { to, subject, text, sentAt } }: { message: MailboxMessage }) => (
  <article class="nhsuk-card">
    <div class="nhsuk-card__content">
      <h2 class="nhsuk-card__heading nhsuk-heading-m">{subject}</h2>
      <p class="nhsuk-body-s fobwatch-breakable">
        To {to}
        <br />
        {momentWords(sentAt)}
      </p>
      {text
        .trim()
        .split('\n\n')
        .map((paragraph, index) => (
          <p key={index}>{paragraph}</p>
        ))}
    </div>
  </article>
)

/** Every mail of the demonstration, whose people have no mail of their own. A service with real people has no such page. */
export const Mailbox = () => {
  const asked = useFetched('mailbox', () => call('GET /api/demonstration/mailbox', {}))
  if (asked.trouble?.code === 'not_found') return <NotFound />
  if (asked.trouble) return <TroublePage trouble={asked.trouble} onRetry={asked.reload} />
  if (!asked.value) return <Loading />
  const { messages } = asked.value
  return (
    <Page title="Mailbox of the demonstration">
      <p>Everyone here is fictional. This is the mail that they would have had, newest first.</p>
      {messages.length === 0 && <p>There is no mail yet. Set up a device, then load this page again.</p>}
      {messages.map((message) => (
        <Message key={message.id} message={message} />
      ))}
    </Page>
  )
}
