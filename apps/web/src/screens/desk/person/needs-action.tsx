import type { DeskPerson } from '@fobwatch/contracts'
import { Link } from 'wouter-preact'
import { call } from '../../../api.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import { finishHref, thingAsked } from '../../../words/requests.ts'
import { myApproved } from '../requests/my-approved.ts'
import { actionsFor, noRole } from './actions.ts'

/** What a new starter needs, and how far it is. */
const stepsOf = ({ identityLevel, roles, ways, paused }: DeskPerson) => [
  { name: 'Identity', done: true, says: `Level ${identityLevel}` },
  { name: 'Role', done: roles.length > 0, says: 'None yet' },
  { name: 'First way to log in', done: ways > 0, says: paused > 0 ? 'Paused' : 'None yet' },
  { name: 'Second way to log in', done: ways > 1, says: 'None yet' },
]

/** What somebody else approved for this person, where it is finished and in words; nothing where there is none to be found. */
const useApproved = (staffId: string, mayIssue: boolean) =>
  useFetched(`${staffId} ${mayIssue}`, async () => {
    const request = mayIssue ? await myApproved('enrol-level-3', staffId) : undefined
    const href = request && finishHref(request)
    if (!href) return null
    const { asked } = await call('GET /api/desk/requests/:id', { id: request.id })
    return { href, what: thingAsked(asked) }
  }).value

interface Props {
  person: DeskPerson
  mayIssue: boolean
  /** Whether a role is theirs to give who look. */
  mayGive: boolean
}

/** The inset at the head of a person's page, and for a new starter the list of what is to be done. */
export const NeedsAction = ({ person, mayIssue, mayGive }: Props) => {
  const actions = actionsFor(person, mayIssue)
  const approved = useApproved(person.staffId, mayIssue)
  if (actions.length === 0 && !approved) return null
  return (
    <>
      <div class="nhsuk-inset-text">
        <span class="nhsuk-u-visually-hidden">Information: </span>
        <h2 class="nhsuk-heading-s">Needs action</h2>
        {approved && (
          <p>
            <Link href={approved.href}>Approved: finish it</Link> ({approved.what})
          </p>
        )}
        {actions.map((action) => (
          <p key={action}>
            {action}
            {action === noRole && mayGive && (
              <>
                {' '}
                <Link href={`/desk/positions/of/${person.staffId}/add`}>Give them one</Link>
              </>
            )}
          </p>
        ))}
      </div>
      {person.ways === 0 && (
        <ul class="nhsuk-task-list" aria-label={person.paused > 0 ? 'What they have' : 'New starter'}>
          {stepsOf(person).map(({ name, done, says }) => (
            <li class="nhsuk-task-list__item" key={name}>
              <div class="nhsuk-task-list__name-and-hint">{name}</div>
              <div class="nhsuk-task-list__status">{done ? 'Done' : says}</div>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
