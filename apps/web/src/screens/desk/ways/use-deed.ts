import type { ComponentChild } from 'preact'
import { useLocation } from 'wouter-preact'
import { doneState } from '../../../parts/use-done.ts'
import { useTask } from '../../../parts/use-task.ts'
import type { Trouble } from '../../../trouble.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'

interface WayDeed {
  /** Does it, after a check that it is the agent, and goes back to the person. */
  run: (deed: () => Promise<unknown>) => void
  busy: boolean
  trouble: Trouble | undefined
  clear: () => void
  /** Takes the place of the page while the agent is checked. */
  page: ComponentChild | undefined
  /** Where the person's page is. */
  back: string
}

/**
 * One deed about a way to log in.
 * @param purpose after "We check it is you before "
 * @param done what is said on the person's page, once it is done
 */
export const useWayDeed = (staffId: string, purpose: string, done: string): WayDeed => {
  const back = `/desk/people/${staffId}`
  const [, navigate] = useLocation()
  const task = useTask()
  const check = useFreshCheck(task, purpose, back)
  const run = (deed: () => Promise<unknown>) =>
    void check.run(async () => {
      await deed()
      navigate(back, { state: doneState(done) })
    })
  return { run, busy: task.busy, trouble: task.trouble, clear: task.clear, page: check.page, back }
}
