import type { DeskPerson } from '@fobwatch/contracts'
import { actionsFor } from './actions.ts'

/** What a new starter needs, and how far it is. */
const stepsOf = ({ identityLevel, roles, ways }: DeskPerson) => [
  { name: 'Identity', done: true, says: `Level ${identityLevel}` },
  { name: 'Role', done: roles.length > 0, says: 'None yet' },
  { name: 'First way to log in', done: ways > 0, says: 'None yet' },
  { name: 'Second way to log in', done: ways > 1, says: 'None yet' },
]

/** The inset at the head of a person's page, and for a new starter the list of what is to be done. */
export const NeedsAction = ({ person, mayIssue }: { person: DeskPerson; mayIssue: boolean }) => {
  const actions = actionsFor(person, mayIssue)
  if (actions.length === 0) return null
  return (
    <>
      <div class="nhsuk-inset-text">
        <span class="nhsuk-u-visually-hidden">Information: </span>
        <h2 class="nhsuk-heading-s">Needs action</h2>
        {actions.map((action) => (
          <p key={action}>{action}</p>
        ))}
      </div>
      {person.ways === 0 && (
        <ul class="nhsuk-task-list" aria-label="New starter">
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
