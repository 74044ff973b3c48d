import { useLocation } from 'wouter-preact'
import { call } from '../../api.ts'
import { Loading } from '../../parts/loading.tsx'
import { SignedIn } from '../../parts/signed-in.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { useSession } from '../../session.tsx'
import { ChooseRole } from '../choose-role/index.tsx'

/** Changes the role for the applications that are opened from now on. */
const Choosing = ({ name }: { name: string }) => {
  const { load } = useSession()
  const [, navigate] = useLocation()
  const asked = useFetched('roles', () => call('GET /api/session/roles', {}))
  const choose = async (role: string) => {
    await call('POST /api/session/role', { role })
    await load()
    navigate('/')
  }
  if (asked.trouble) return <TroublePage trouble={asked.trouble} onRetry={asked.reload} />
  if (!asked.value) return <Loading />
  return <ChooseRole name={name} roles={asked.value.roles} onChoose={choose} />
}

/** Picks another role without another ceremony. */
export const ChangeRole = () => <SignedIn>{({ name }) => <Choosing name={name} />}</SignedIn>
