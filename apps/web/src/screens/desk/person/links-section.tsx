import type { DeskPerson } from '@fobwatch/contracts'
import { Link } from 'wouter-preact'
import { momentWords } from '../../../words/dates.ts'
import { sentWords } from '../../../words/issuing.ts'

interface Props {
  person: DeskPerson
  /** Whether they are the agent's to give, and to look after. */
  mayIssue: boolean
}

/** The links, codes and passes that a person was given to set up a device. */
export const LinksSection = ({ person: { staffId, links }, mayIssue }: Props) => (
  <>
    <h2 class="nhsuk-heading-m">Links, codes and passes</h2>
    {links.length === 0 ? (
      <p>None made yet.</p>
    ) : (
      <ul>
        {links.map((link) => (
          <li key={link.id}>
            {mayIssue ? <Link href={`/desk/issuing/${staffId}/${link.id}`}>{sentWords(link)}</Link> : sentWords(link)}
            <br />
            Made at {momentWords(link.createdAt)}, works until {momentWords(link.expiresAt)}
          </li>
        ))}
      </ul>
    )}
  </>
)
