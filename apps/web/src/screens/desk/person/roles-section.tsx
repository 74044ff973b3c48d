import { call } from '../../../api.ts'
import { LineLink } from '../../../parts/buttons.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'
import { AssignmentList } from '../positions/of/list.tsx'

/** The roles that a person has now or will have, and the ways to give more. */
export const RolesSection = ({ staffId, mayGive }: { staffId: string; mayGive: boolean }) => {
  const found = useFetched(staffId, () => call('GET /api/desk/people/:staffId/assignments', { staffId }))
  const all = found.value?.assignments ?? []
  const held = all.filter(({ state }) => state !== 'over')
  return (
    <>
      <h2 class="nhsuk-heading-m">Roles</h2>
      {found.trouble && <p>The roles cannot be shown just now.</p>}
      {found.value && held.length === 0 && <p>No role yet.</p>}
      {held.length > 0 && <AssignmentList staffId={staffId} list={held} />}
      {mayGive && <LineLink href={`/desk/positions/of/${staffId}/add`}>Give a role</LineLink>}
      {all.length > held.length && (
        <LineLink href={`/desk/positions/of/${staffId}`}>Roles that are over ({all.length - held.length})</LineLink>
      )}
    </>
  )
}
