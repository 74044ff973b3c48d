import { ButtonLink } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'

interface Props {
  /** What was done, which ended the session: “iPhone” is removed. */
  title: string
  /** Whether the person has another way that works. */
  canLogIn: boolean
}

/** What a person did to the way that they had logged in with, and that they are logged out by it. */
export const LoggedOutBy = ({ title, canLogIn }: Props) => (
  <Page title={title}>
    <p>You are logged out.</p>
    {canLogIn ? (
      <ButtonLink href="/sign-in/fobwatch">Log in</ButtonLink>
    ) : (
      <p>To log in again, visit the desk. They check who you are and give you a new set-up link.</p>
    )}
  </Page>
)
