import type { DeskPerson } from '@fobwatch/contracts'
import { placeWords } from '../../../words/roles.ts'

/** The roles that a person has now. */
export const RolesSection = ({ roles }: Pick<DeskPerson, 'roles'>) => (
  <>
    <h2 class="nhsuk-heading-m">Roles</h2>
    {roles.length === 0 ? (
      <p>No role yet.</p>
    ) : (
      <ul>
        {roles.map((role) => (
          <li key={role.id}>
            {role.position}, {placeWords(role)}
          </li>
        ))}
      </ul>
    )}
  </>
)
