import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { asTrouble, type Trouble } from '../trouble.ts'

export interface Task {
  busy: boolean
  /** Whether the work that runs opens no box, so that nobody is told to look for one. */
  quiet: boolean
  trouble: Trouble | undefined
  /** Runs some work, unless some is running. What it throws becomes `trouble`. @returns whether the work was done */
  run: (work: () => Promise<void>, quietly?: boolean) => Promise<boolean>
  /** Whether work is running at this very moment, for those who cannot wait for `busy`. */
  isRunning: () => boolean
  /** Forgets what went wrong. */
  clear: () => void
}

/**
 * One piece of work at a time on a page, with what became of it.
 * @param page which page it is, where one part of the code shows several: what went wrong is told on its own page only
 */
export const useTask = (page = ''): Task => {
  const [busy, setBusy] = useState(false)
  const [quiet, setQuiet] = useState(false)
  const [failed, setFailed] = useState<{ page: string; trouble: Trouble }>()
  const running = useRef(false)

  const run = useCallback(
    async (work: () => Promise<void>, quietly = false) => {
      if (running.current) return false
      running.current = true
      setBusy(true)
      setQuiet(quietly)
      setFailed(undefined)
      try {
        await work()
        return true
      } catch (thrown) {
        setFailed({ page, trouble: asTrouble(thrown) })
        return false
      } finally {
        running.current = false
        setBusy(false)
      }
    },
    [page],
  )
  const isRunning = useCallback(() => running.current, [])
  const clear = useCallback(() => setFailed(undefined), [])
  useEffect(() => clear, [page])
  const trouble = failed?.page === page ? failed.trouble : undefined
  return useMemo(() => ({ busy, quiet, trouble, run, isRunning, clear }), [busy, quiet, trouble, run, isRunning, clear])
}
