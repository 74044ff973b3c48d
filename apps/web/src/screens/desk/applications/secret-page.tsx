import { LineLink } from '../../../parts/buttons.tsx'
import { CopyButton } from '../../../parts/copy-button.tsx'
import { Page } from '../../../parts/page.tsx'

interface Props {
  title: string
  /** The client_id. */
  id: string
  secret: string | undefined
}

/** What was done to an application, with its secret, which is shown this once. */
export const SecretPage = ({ title, id, secret }: Props) => (
  <Page title={title}>
    <p>
      Its id (client_id) is <strong class="fobwatch-breakable">{id}</strong>.
    </p>
    {secret && (
      <>
        <h2 class="nhsuk-heading-m">Its secret</h2>
        <p>Copy it now. You will not see it again.</p>
        <p class="fobwatch-secret">
          <code>{secret}</code>
        </p>
        <CopyButton label="Copy the secret" text={secret} done="The secret is copied." />
        <p>Give it to its developers in a safe way, and to nobody else. Do not send it by email.</p>
      </>
    )}
    <LineLink href={`/desk/applications/of/${id}`}>See the application</LineLink>
    <LineLink href="/desk/applications">All applications</LineLink>
  </Page>
)
