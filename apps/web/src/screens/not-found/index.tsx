import { ButtonLink } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'

/** An address that leads nowhere. */
export const NotFound = () => (
  <Page title="Page not found">
    <p>If you typed the address, check it is right. If you pasted it, check you copied all of it.</p>
    <ButtonLink href="/">Go to Fobwatch</ButtonLink>
  </Page>
)
