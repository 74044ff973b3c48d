import type { DeskPerson } from '@fobwatch/contracts'
import { momentWords } from '../../../words/dates.ts'

const linkStates: Record<DeskPerson['links'][number]['state'], string> = {
  open: 'Not used yet',
  used: 'Used',
  expired: 'Expired',
  replaced: 'Cancelled, or replaced by a newer one',
  blocked: 'Stopped after 5 wrong tries',
}

/** The links to set up a device that a person was given. */
export const LinksSection = ({ links }: Pick<DeskPerson, 'links'>) => (
  <>
    <h2 class="nhsuk-heading-m">Set-up links</h2>
    {links.length === 0 ? (
      <p>No link made yet.</p>
    ) : (
      <ul>
        {links.map((link) => (
          <li key={link.id}>
            {linkStates[link.state]}: made at {momentWords(link.createdAt)}, works until {momentWords(link.expiresAt)}
          </li>
        ))}
      </ul>
    )}
  </>
)
