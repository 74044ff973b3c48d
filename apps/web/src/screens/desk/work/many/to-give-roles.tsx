import { LineLink } from '../../../../parts/buttons.tsx'
import { useSession } from '../../../../session.tsx'

/** The way to give roles to many at once, for whoever may. */
export const ToGiveRoles = () =>
  useSession().session?.desk.includes('assign-position') ? (
    <LineLink href="/desk/work/roles">Give roles from a file</LineLink>
  ) : null
