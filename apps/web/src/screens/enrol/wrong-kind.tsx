import type { PlannedDevice } from '@fobwatch/contracts'
import { call } from '../../api.ts'
import { signalUnknown } from '../../ceremony/index.ts'
import { Button } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useTask } from '../../parts/use-task.ts'
import { levelWord } from '../../words/checks.ts'
import { kindWord } from '../../words/device.ts'
import type { SetUpDevice } from './done.tsx'

const plannedWords: Record<PlannedDevice, string> = {
  phone: 'your phone',
  computer: 'a computer',
  'security-key': 'a security key',
  smartcard: 'a smartcard',
}

interface Props {
  /** What undoes it; with a temporary pass nothing does. */
  code: string | undefined
  device: SetUpDevice
  planned: PlannedDevice
  onKept: () => void
  /** Takes the code that the link goes on with. */
  onUndone: (code: string) => void
}

/** Another kind of device came back than the desk had in mind. It works, and the person says what is to become of it. */
export const WrongKind = ({ code, device, planned, onKept, onUndone }: Props) => {
  const task = useTask()
  const word = device.kind === 'passkey' ? 'device' : kindWord(device.kind)
  const undo = (used: string) =>
    task.run(async () => {
      const { code: next } = await call('POST /api/enrolment/undo', { code: used })
      signalUnknown(device.rpId, device.credentialId)
      onUndone(next)
    })
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  return (
    <Page title={`You set up your ${word}`}>
      <p>
        You planned to set up {plannedWords[planned]}. Your {word} gives a {levelWord(device.assuranceLevel)} check.
      </p>
      {!code && <p>If you need {plannedWords[planned]} too, ask the desk for a new code.</p>}
      <div class="nhsuk-button-group">
        <Button busy={task.busy} onPress={onKept}>
          Keep my {word}
        </Button>
        {code && (
          <Button kind="secondary" busy={task.busy} onPress={() => undo(code)}>
            Undo and use {plannedWords[planned]}
          </Button>
        )}
      </div>
    </Page>
  )
}
