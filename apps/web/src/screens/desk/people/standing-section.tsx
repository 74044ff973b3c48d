import type { DeskProfile } from '@fobwatch/contracts'
import { ButtonLink, LineLink } from '../../../parts/buttons.tsx'
import { dayWords } from '../../../words/dates.ts'
import { becauseWords } from '../../../words/people.ts'

const statusWords = {
  active: 'This profile is in use.',
  suspended: 'This profile is paused',
  closed: 'This profile is closed',
}

const sinceWords = ({ status, because, by, at }: DeskProfile['standing']): string => {
  if (status === 'active' || !at) return statusWords[status]
  const why = because ? `${becauseWords[because] ?? because}. ` : ''
  return `${statusWords[status]} since ${dayWords(at)}${by ? `, by ${by}` : ''}. ${why}`
}

const linksOf = ({ may, standing }: DeskProfile): [string, string][] => {
  if (standing.erasedAt) return []
  const links: [string, string, boolean][] = [
    ['pause', 'Pause this person', standing.status === 'active' && may.close === 'yes'],
    ['start', 'Start this person again', standing.status === 'suspended' && may.close === 'yes'],
    ['close', 'Close this person', standing.status !== 'closed' && may.close !== 'no'],
    ['reopen', 'Bring this person back', standing.status === 'closed' && may.close !== 'no'],
    ['copy', 'Copy all that is held about them', may.erase === 'yes'],
    ['erase', 'Erase this person', standing.status === 'closed' && may.erase === 'yes'],
  ]
  return links.flatMap(([page, words, open]) => (open ? [[page, words] as [string, string]] : []))
}

/** Whether somebody's profile is in use, why not, and what can be done about that. */
export const StandingSection = ({ profile }: { profile: DeskProfile }) => (
  <>
    <h2 class="nhsuk-heading-m">Profile</h2>
    <p>
      {profile.standing.erasedAt
        ? `What was personal was erased on ${dayWords(profile.standing.erasedAt)}. Nobody else gets this user number.`
        : sinceWords(profile.standing)}
      {profile.standing.note && ` “${profile.standing.note}”`}
    </p>
    {linksOf(profile).map(([page, words]) => {
      // Of somebody who is closed, nothing else can be done.
      const As = page === 'reopen' ? ButtonLink : LineLink
      return (
        <As key={page} href={`/desk/people/${profile.staffId}/${page}`}>
          {words}
        </As>
      )
    })}
  </>
)
