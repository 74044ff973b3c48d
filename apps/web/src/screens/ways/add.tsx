import type { CreationOptions } from '@fobwatch/contracts'
import { useEffect, useMemo } from 'preact/hooks'
import { call } from '../../api.ts'
import { closeBox, type Hint, register } from '../../ceremony/index.ts'
import { keepReady } from '../../keep-ready.ts'
import { BoxButton } from '../../parts/box-button.tsx'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage, takesThePage } from '../../parts/trouble-page.tsx'
import { useTask } from '../../parts/use-task.ts'
import { deviceWord, unlockWords } from '../../words/device.ts'
import type { About } from '../../words/troubles.ts'
import { useFreshCheck } from '../check/use-fresh-check.tsx'

/** Sets up one more of the person's devices. */
export const AddWay = ({ onDone }: { onDone: (message: string) => void }) => {
  const device = deviceWord(navigator)
  const about: About = { doing: 'add', device, button: `Add this ${device}` }
  const ready = useMemo(() => keepReady<CreationOptions>(() => call('POST /api/authenticators/options', {})), [])
  const task = useTask()
  const check = useFreshCheck(task, 'you add another way to log in', '/ways')

  const add = (hint?: Hint) =>
    check.run(async () => {
      const response = await register(await ready.take(), hint)
      ready.spend()
      const { name } = await call('POST /api/authenticators', { response })
      onDone(`“${name}” is set up. You can log in with it now.`)
    })
  // Asked for once, on arrival: the check comes before the choice, and the box can open straight after a press.
  useEffect(() => {
    void check.run(async () => void (await ready.take()), true)
    return closeBox
  }, [])

  if (check.page) return <>{check.page}</>
  if (takesThePage(task.trouble, about))
    return <TroublePage trouble={task.trouble} about={about} onRetry={task.clear} />
  return (
    <Page title="Add another way to log in">
      <p>
        Next, your browser opens a box. Your browser may call this a passkey. Use the {unlockWords(navigator)} that
        unlocks your device. It stays on the device. We never see it.
      </p>
      <p>To add a phone, scan the square code with it. Keep it close. Both need internet and Bluetooth.</p>
      <BoxButton about={about} task={task} onPress={() => add()}>
        <Button kind="secondary" onPress={() => add('hybrid')}>
          Add a phone
        </Button>
        <Button kind="secondary" onPress={() => add('security-key')}>
          Add a security key
        </Button>
      </BoxButton>
      <LineLink href="/ways">Go back without adding</LineLink>
    </Page>
  )
}
