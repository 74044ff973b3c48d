import { useState } from 'preact/hooks'
import type { Hint } from '../../ceremony/index.ts'
import { BoxButton } from '../../parts/box-button.tsx'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'
import type { Task } from '../../parts/use-task.ts'

interface Props {
  task: Task
  press: (hint: Hint) => unknown
}

const labels = { hybrid: 'Use a phone', 'security-key': 'Use a security key' } as const
type Kind = keyof typeof labels

/** Explains the square code before the browser shows it. */
export const DifferentDevice = ({ task, press }: Props) => {
  const [asked, setAsked] = useState<Kind>('hybrid')
  const use = (kind: Kind) => {
    setAsked(kind)
    press(kind)
  }
  return (
    <Page title="Log in with a different device">
      <p>To use a phone: scan the square code with your phone. Keep it close. Both need internet and Bluetooth.</p>
      <p>To use a security key: put it in, or hold it to the back of this device. Then use its PIN or fingerprint.</p>
      <p>Your fingerprint or face stays on your device. We never see it.</p>
      <BoxButton
        about={{ doing: 'log-in', device: 'device', button: labels.hybrid, pressed: labels[asked] }}
        task={task}
        onPress={() => use('hybrid')}
        onRetry={() => use(asked)}
      >
        <Button kind="secondary" busy={task.busy} onPress={() => use('security-key')}>
          {labels['security-key']}
        </Button>
      </BoxButton>
      <LineLink href={location.pathname}>Go back</LineLink>
    </Page>
  )
}
