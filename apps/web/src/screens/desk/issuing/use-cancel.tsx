import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button } from '../../../parts/buttons.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useTask } from '../../../parts/use-task.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'

/**
 * Cancels the link, code or pass that somebody has.
 * @returns `page`, which takes the place of the page while there is one; the button; and `round`, another after each time
 */
export const useCancel = (staffId: string, onCancelled: () => void = () => undefined) => {
  const [round, setRound] = useState(0)
  const task = useTask()
  const check = useFreshCheck(task, 'you cancel it', `/desk/people/${staffId}`)
  const cancel = () =>
    check.run(async () => {
      await call('DELETE /api/desk/people/:staffId/invitations', { staffId })
      setRound((before) => before + 1)
      onCancelled()
    })
  const trouble = task.trouble && <TroublePage trouble={task.trouble} onRetry={task.clear} />
  const button = (
    <Button kind="warning" busy={task.busy} onPress={cancel}>
      Cancel it
    </Button>
  )
  return { page: check.page ?? trouble, button, round }
}
