import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { closeBox } from '../ceremony/index.ts'
import { type About, troubleWords } from '../words/troubles.ts'
import { announce } from './announcer.tsx'
import { Button } from './buttons.tsx'
import { TroubleNote } from './trouble-note.tsx'
import type { Task } from './use-task.ts'
import { WaysOut } from './ways-out.tsx'

interface Props {
  about: About
  task: Task
  onPress: () => unknown
  /** What the main button does once it says "Try again", when it was another button that failed. */
  onRetry?: () => unknown
  /** Other ways to open the box, beside the main button; they are busy when the task is. */
  children?: ComponentChildren
}

/** What has focus, where anything has. */
const focused = () => (document.activeElement instanceof HTMLButtonElement ? document.activeElement : undefined)

const lookForBox = 'Look for the box from your browser. It waits 5 minutes.'

/**
 * The button that opens the browser's box, with what became of the box above it. No button ever leaves the page, so that
 * trying again is one press, and focus comes back to whichever was pressed. When the page goes, its box goes with it, and
 * one that is still waited for never opens.
 */
export const BoxButton = ({ about, task, onPress, onRetry = onPress, children }: Props) => {
  const button = useRef<HTMLButtonElement>(null)
  const pressed = useRef<HTMLElement | null>()
  const waiting = task.busy && !task.quiet
  // A box from before this button came took no focus from it.
  const wasWaiting = useRef(waiting)
  const words = task.trouble && troubleWords(task.trouble.code, about, task.trouble.reasons)

  useEffect(() => {
    if (waiting && !wasWaiting.current) {
      announce(lookForBox)
      pressed.current = focused() ?? button.current
    }
    if (wasWaiting.current && !waiting) {
      if (words?.shape !== 'closed') announce('')
      if (words?.shape !== 'warning') pressed.current?.focus()
    }
    wasWaiting.current = waiting
  }, [waiting, words])
  const latest = useRef(task)
  latest.current = task
  // A check that is done closes nothing: what it was for may have opened a box of its own.
  useLayoutEffect(() => () => void (latest.current.isRunning() && closeBox()), [])

  return (
    <>
      {words && (
        <TroubleNote words={words} trouble={task.trouble}>
          <WaysOut ways={words.waysOut} />
        </TroubleNote>
      )}
      <div class="nhsuk-button-group">
        <Button buttonRef={button} busy={task.busy} onPress={words?.button ? onRetry : onPress}>
          {words?.button ?? about.button}
        </Button>
        {children}
        {waiting && (
          <Button kind="secondary" onPress={closeBox}>
            Cancel
          </Button>
        )}
      </div>
      {waiting && <p>{lookForBox}</p>}
    </>
  )
}
