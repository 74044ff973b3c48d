import type { Invitation } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { Loading } from '../../parts/loading.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { useSubPage } from '../../parts/use-sub-page.ts'
import { useSession } from '../../session.tsx'
import { Done, type SetUpDevice } from './done.tsx'
import { NotMe, SomebodyElse } from './not-me.tsx'
import { SetUp } from './set-up.tsx'
import type { SetUpBy } from './set-up-by.ts'
import { WrongKind } from './wrong-kind.tsx'

/** What opening a link finds out: whose it is, and who is logged in here already. Nothing is spent by it. */
interface Found {
  invitation: Invitation
  loggedInAs: string | undefined
}

interface Props {
  by: SetUpBy
  /** The code that it is done with, unless it is a temporary pass. */
  code?: string
  /** Forgets what let the person in, once it is used or is not theirs. */
  onOver: () => void
  /** Goes on with another code. */
  onCode?: (code: string) => void
}

/** From the greeting to the device that is set up, whatever let the person in. */
export const Opened = ({ by, code, onOver, onCode = () => undefined }: Props) => {
  const { load } = useSession()
  const page = useSubPage()
  const [done, setDone] = useState<SetUpDevice>()
  const [kept, setKept] = useState(false)
  const opened = useFetched<Found>(code ?? 'pass', async () => {
    const [invitation, session] = await Promise.all([by.show(), load()])
    return { invitation, loggedInAs: session?.name }
  })

  if (done?.planned && !kept)
    return <WrongKind code={code} device={done} planned={done.planned} onKept={() => setKept(true)} onUndone={onCode} />
  if (done) return <Done code={code} device={done} onRenamed={(name) => setDone({ ...done, name })} />
  if (page === 'not-me') return <NotMe onShown={onOver} />
  if (opened.trouble) return <TroublePage trouble={opened.trouble} onRetry={opened.reload} />
  if (!opened.value) return <Loading />
  const { invitation, loggedInAs } = opened.value
  if (loggedInAs && loggedInAs !== invitation.name)
    return <SomebodyElse name={loggedInAs} onLoggedOut={opened.reload} />
  const finish = (device: SetUpDevice) => {
    if (!device.planned) onOver()
    setDone(device)
  }
  return <SetUp by={by} invitation={invitation} onDone={finish} />
}
