import { useMemo } from 'preact/hooks'
import { call } from '../../api.ts'
import { authenticate } from '../../ceremony/index.ts'
import { keepReady } from '../../keep-ready.ts'
import { useCoverControls } from '../../parts/cover-controls.ts'
import { useTask } from '../../parts/use-task.ts'
import { useSession } from '../../session.tsx'
import { SharedHome } from './shared-home.tsx'

/** The check by which whoever is logged in carries on: a device of their own. */
const useOwnCheck = (onDone: () => void) => {
  const ready = useMemo(() => keepReady(() => call('POST /api/session/assertion/options', {})), [])
  const task = useTask()
  const press = async () => {
    const done = await task.run(async () => {
      const response = await authenticate(ready.take())
      ready.spend()
      await call('POST /api/session/assertion', { response })
    })
    if (done) onDone()
  }
  return { task, press }
}

/** What stands before a page on a shared computer that nobody touched for a while. */
export const Cover = () => {
  const { session } = useSession()
  const { left, leave, lift } = useCoverControls()
  const carryOn = useOwnCheck(lift)
  return <SharedHome session={left ? null : (session ?? null)} onLeave={leave} carryOn={carryOn} />
}
