import type { SignInState, SignInStep } from '@fobwatch/contracts'
import { call } from '../../api.ts'
import { Button } from '../../parts/buttons.tsx'
import type { Task } from '../../parts/use-task.ts'

interface Props extends Pick<SignInState, 'application'> {
  interaction: string
  /** That of the page: what goes wrong is told there. */
  task: Task
  onStep: (step: SignInStep) => Promise<void>
}

/** The way back to the application without going on to it, where one asked. */
export const GoBack = ({ interaction, application, task, onStep }: Props) => {
  const leave = () =>
    task.run(async () => onStep(await call('POST /sign-in/:interaction/leave', { interaction })), true)
  return application ? (
    <Button kind="secondary" busy={task.busy} onPress={leave}>
      Go back to {application}
    </Button>
  ) : null
}
