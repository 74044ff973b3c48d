import type { Hint } from '../../ceremony/index.ts'
import { BoxButton } from '../../parts/box-button.tsx'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'
import type { Task } from '../../parts/use-task.ts'

interface Props {
  task: Task
  press: (hint: Hint) => unknown
}

/** Explains the square code before the browser shows it. */
export const DifferentDevice = ({ task, press }: Props) => (
  <Page title="Log in with a different device">
    <p>To use a phone: scan the square code with your phone. Keep it close. Both need internet and Bluetooth.</p>
    <p>To use a security key: put it in, or hold it to the back of this device. Then use its PIN or fingerprint.</p>
    <p>Your fingerprint or face stays on your device. We never see it.</p>
    <BoxButton
      about={{ doing: 'log-in', device: 'device', button: 'Use a phone' }}
      task={task}
      onPress={() => press('hybrid')}
    >
      <Button kind="secondary" onPress={() => press('security-key')}>
        Use a security key
      </Button>
    </BoxButton>
    <LineLink href={location.pathname}>Go back</LineLink>
  </Page>
)
