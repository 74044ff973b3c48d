import type { HeldRole } from '@fobwatch/contracts'
import { useLocation } from 'wouter-preact'
import { call } from '../../api.ts'
import { LineLink } from '../../parts/buttons.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Page } from '../../parts/page.tsx'
import { SignedIn } from '../../parts/signed-in.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { useSession } from '../../session.tsx'
import { roleWords } from '../../words/roles.ts'
import { ChooseRole } from '../choose-role/index.tsx'

const NothingToChoose = ({ only }: { only: HeldRole | undefined }) => (
  <Page title={only ? 'You have one role' : 'You have no role yet'}>
    {only ? (
      <p>You are {roleWords(only)}. There is no other role to change to.</p>
    ) : (
      <p>You can log in, but the desk has not given you a role.</p>
    )}
    <p>
      If you need {only ? 'another role' : 'one'}, ask the registration authority desk. Say which job you do and where.
    </p>
    <LineLink href="/">Go back</LineLink>
  </Page>
)

/** Changes the role for the applications that are opened from now on. */
const Choosing = ({ name }: { name: string }) => {
  const { session, load } = useSession()
  const [, navigate] = useLocation()
  const asked = useFetched('roles', () => call('GET /api/session/roles', {}))
  const choose = async (role: string) => {
    await call('POST /api/session/role', { role })
    await load()
    navigate('/')
  }
  if (asked.trouble) return <TroublePage trouble={asked.trouble} onRetry={asked.reload} />
  if (!asked.value) return <Loading />
  const [only, second] = asked.value.roles
  if (!second) return <NothingToChoose only={only} />
  return (
    <ChooseRole
      name={name}
      roles={asked.value.roles}
      now={session?.role?.id}
      onChoose={choose}
      back={() => <LineLink href="/">Go back without changing it</LineLink>}
    />
  )
}

/** Picks another role without another ceremony. */
export const ChangeRole = () => <SignedIn>{({ name }) => <Choosing name={name} />}</SignedIn>
