import { useCallback, useEffect, useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { asTrouble, type Trouble } from '../../../trouble.ts'

/** How long before the end a person is warned, in milliseconds. */
const warnBefore = 2 * 60_000

interface Hold {
  /** Until when it is held for this person; nothing while it is not. */
  until: string | undefined
  /** Whether the time is nearly over. */
  ending: boolean
  /** Whether the time ran out here. */
  over: boolean
  trouble: Trouble | undefined
  /** Takes it, or keeps it for another while. */
  take: () => void
}

/**
 * Holds a request while its page is open, and lets go of it when it is left.
 * @param wanted whether it can be held at all
 */
export const useHold = (id: string, wanted: boolean): Hold => {
  const [until, setUntil] = useState<string>()
  const [phase, setPhase] = useState<'held' | 'ending' | 'over'>('held')
  const [trouble, setTrouble] = useState<Trouble>()
  const take = useCallback(() => {
    setTrouble(undefined)
    call('POST /api/desk/requests/:id/hold', { id }).then(
      ({ heldUntil }) => {
        setUntil(heldUntil)
        setPhase('held')
      },
      (thrown) => setTrouble(asTrouble(thrown)),
    )
  }, [id])

  useEffect(() => {
    if (!wanted) return
    take()
    // Whoever comes next need not wait. That it could not be told is nobody's trouble: the time runs out by itself.
    const letGo = () => void call('DELETE /api/desk/requests/:id/hold', { id }).catch(() => undefined)
    window.addEventListener('pagehide', letGo)
    return () => {
      window.removeEventListener('pagehide', letGo)
      letGo()
    }
  }, [id, wanted, take])

  useEffect(() => {
    if (!until) return
    const left = Date.parse(until) - Date.now()
    const timers = [
      setTimeout(() => setPhase('ending'), Math.max(0, left - warnBefore)),
      setTimeout(() => setPhase('over'), Math.max(0, left)),
    ]
    return () => timers.forEach(clearTimeout)
  }, [until])
  return { until, ending: phase === 'ending', over: phase === 'over', trouble, take }
}
