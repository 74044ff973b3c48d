import type { CreatedPerson } from '@fobwatch/contracts'
import { ButtonLink, LineLink } from '../../../../parts/buttons.tsx'
import { Page } from '../../../../parts/page.tsx'
import { useSession } from '../../../../session.tsx'

/** Somebody was added: what they need next. */
export const Created = ({ person: { staffId, name } }: { person: CreatedPerson }) => {
  const mayGive = useSession().session?.desk.includes('assign-position')
  return (
    <Page title={`${name} is added`}>
      <p>
        Their user number is <strong>{staffId}</strong>.
      </p>
      <p>They need a device to log in with, and a role to do something.</p>
      <ButtonLink href={`/desk/issuing/${staffId}`}>Send a set-up link</ButtonLink>
      {mayGive && <LineLink href={`/desk/positions/of/${staffId}/add`}>Give a role</LineLink>}
      <LineLink href={`/desk/people/${staffId}`}>Go to their page</LineLink>
      <LineLink href="/desk/people/new">Add another person</LineLink>
    </Page>
  )
}
