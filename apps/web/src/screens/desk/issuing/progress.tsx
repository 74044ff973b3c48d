import type { InvitationStatus } from '@fobwatch/contracts'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { announce } from '../../../parts/announcer.tsx'
import { Button } from '../../../parts/buttons.tsx'
import { isWaiting, progressWords } from '../../../words/issuing.ts'

/** How often it is looked at, and for how long: a page that nobody watches must not keep its person logged in. */
const everyMs = 3_000
const forMs = 15 * 60_000

interface Watched {
  status: InvitationStatus | undefined
  /** Whether nobody looks any more, though there may be more to come. */
  isResting: boolean
  lookAgain: () => void
}

/** Looks at it every few seconds while it is open and the page is seen, and stops after a while. */
const useWatched = (staffId: string, id: string): Watched => {
  const [status, setStatus] = useState<InvitationStatus>()
  const [isResting, setResting] = useState(false)
  const [round, setRound] = useState(0)
  useEffect(() => {
    const until = Date.now() + forMs
    let timer: ReturnType<typeof setTimeout> | undefined
    let wanted = true
    const look = async () => {
      if (document.visibilityState === 'visible') {
        const seen = await call('GET /api/desk/people/:staffId/invitations/:id', { staffId, id }).catch(() => undefined)
        if (!wanted) return
        if (seen) setStatus(seen)
        if (!seen || !isWaiting(seen, Date.now())) return setResting(!seen)
      }
      if (Date.now() >= until) return setResting(true)
      timer = setTimeout(() => void look(), everyMs)
    }
    setResting(false)
    void look()
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [staffId, id, round])
  return { status, isResting, lookAgain: () => setRound((before) => before + 1) }
}

interface Props {
  staffId: string
  id: string
  /** What can be done with it while it is open. */
  children?: ComponentChildren
}

/** What becomes of a link, code or pass, live and in words. */
export const Progress = ({ staffId, id, children }: Props) => {
  const { status, isResting, lookAgain } = useWatched(staffId, id)
  const lines = status ? progressWords(status, Date.now()) : []
  const last = lines.at(-1)
  const saidBefore = useRef<string>()
  useEffect(() => {
    if (last && saidBefore.current && saidBefore.current !== last) announce(last)
    saidBefore.current = last
  }, [last])
  return (
    <>
      <h2 class="nhsuk-heading-m">What has become of it</h2>
      {!status && !isResting && <p>We are looking.</p>}
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {status?.openedAt && !status.usedAt && status.channel === 'link' && (
        <p class="nhsuk-body-s">A mail program may have opened it. Opening uses nothing up.</p>
      )}
      {status?.state === 'open' && children}
      {isResting && (
        <Button kind="secondary" onPress={lookAgain}>
          Look again
        </Button>
      )}
    </>
  )
}
