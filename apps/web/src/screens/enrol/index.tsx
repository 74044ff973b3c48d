import type { Invitation } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../api.ts'
import { forget } from '../../memory.ts'
import { Loading } from '../../parts/loading.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { useSubPage } from '../../parts/use-sub-page.ts'
import { useSession } from '../../session.tsx'
import { Trouble } from '../../trouble.ts'
import { Done, type SetUpDevice } from './done.tsx'
import { NotMe, SomebodyElse } from './not-me.tsx'
import { SetUp } from './set-up.tsx'
import { useSetUpCode } from './use-set-up-code.ts'

/** What opening a link finds out: whose it is, and who is logged in here already. Nothing is spent by it. */
interface Opened {
  invitation: Invitation
  loggedInAs: string | undefined
}

const Link = ({ code }: { code: string }) => {
  const { load } = useSession()
  const page = useSubPage()
  const [done, setDone] = useState<SetUpDevice>()
  const opened = useFetched<Opened>(code, async () => {
    const [invitation, session] = await Promise.all([call('POST /api/enrolment/invitation', { code }), load()])
    return { invitation, loggedInAs: session?.name }
  })

  if (done) return <Done code={code} device={done} onRenamed={(name) => setDone({ ...done, name })} />
  if (page === 'not-me') return <NotMe />
  if (opened.trouble) return <TroublePage trouble={opened.trouble} onRetry={opened.reload} />
  if (!opened.value) return <Loading />
  const { invitation, loggedInAs } = opened.value
  if (loggedInAs && loggedInAs !== invitation.name)
    return <SomebodyElse name={loggedInAs} onLoggedOut={opened.reload} />
  const finish = (device: SetUpDevice) => {
    forget('set-up-code')
    setDone(device)
  }
  return <SetUp code={code} invitation={invitation} onDone={finish} />
}

/** A set-up link, opened: greets the person, sets up the device in their hand, and says that it worked. */
export const Enrol = () => {
  const code = useSetUpCode()
  if (!code) return <TroublePage trouble={new Trouble('invitation_unknown')} onRetry={() => undefined} />
  return <Link key={code} code={code} />
}
