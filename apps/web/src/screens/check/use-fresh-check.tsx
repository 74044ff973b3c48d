import type { ComponentChild } from 'preact'
import { useRef } from 'preact/hooks'
import { useLocation, useSearch } from 'wouter-preact'
import { useSubPage } from '../../parts/use-sub-page.ts'
import type { Task } from '../../parts/use-task.ts'
import { asTrouble } from '../../trouble.ts'
import { addressOf } from './address-of.ts'
import { CheckItIsYou } from './index.tsx'

type Deed = () => Promise<void>

interface Held {
  deed: Deed
  quietly: boolean
  strongest: boolean
}

interface FreshCheck {
  /** Does a deed, after a check that it is them if the API asks for one. What goes wrong is the task's trouble. */
  run: (deed: Deed, quietly?: boolean) => Promise<unknown>
  /** The page that checks it is them, while it is needed; it takes the place of the page that asked. */
  page: ComponentChild | undefined
}

/**
 * Lets a page do deeds that need a fresh assertion. The page stays mounted meanwhile, so that nothing in it is lost,
 * and the deed is done straight after the check.
 * @param purpose after "We check it is you before "
 * @param back where the person goes back to without doing it
 * @param strongest whether to ask for the strongest check that they can give from the first, where it is needed anyway
 */
export const useFreshCheck = (task: Task, purpose: string, back: string, strongest = false): FreshCheck => {
  const [path, navigate] = useLocation()
  const search = useSearch()
  const checking = useSubPage() === 'check'
  const waiting = useRef<Held>()

  const run = (deed: Deed, quietly = false) =>
    task.run(async () => {
      try {
        await deed()
      } catch (thrown) {
        const { code } = asTrouble(thrown)
        if (code !== 'fresh_assertion_needed' && code !== 'stronger_check_needed') throw thrown
        waiting.current = { deed, quietly, strongest: strongest || code === 'stronger_check_needed' }
        navigate(addressOf(path, search, 'check'))
      }
    }, quietly)
  const onChecked = () => {
    const held = waiting.current
    waiting.current = undefined
    navigate(addressOf(path, search), { replace: true })
    return held && run(held.deed, held.quietly)
  }
  const page =
    checking && waiting.current ? (
      <CheckItIsYou purpose={purpose} back={back} strongest={waiting.current.strongest} onChecked={onChecked} />
    ) : undefined
  return { run, page }
}
