import type { CreationOptions } from '@fobwatch/contracts'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { call } from '../../api.ts'
import { register } from '../../ceremony/index.ts'
import { keepReady } from '../../keep-ready.ts'
import { BoxButton } from '../../parts/box-button.tsx'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage, takesThePage } from '../../parts/trouble-page.tsx'
import { useTask } from '../../parts/use-task.ts'
import { deviceWord, isIPad, unlockWords } from '../../words/device.ts'
import type { About } from '../../words/troubles.ts'
import { useFreshCheck } from '../check/use-fresh-check.tsx'

/** What can be added: its word, the label of its button, and what the browser is asked for. */
const targets = {
  here: { word: deviceWord(navigator), label: `Add this ${deviceWord(navigator)}`, hint: undefined },
  phone: { word: 'phone', label: 'Add a phone', hint: 'hybrid' },
  key: { word: 'security key', label: 'Add a security key', hint: 'security-key' },
} as const
type Target = keyof typeof targets

const Explained = () => (
  <>
    <p>
      Next, your browser opens a box. It may call what you add a passkey. Use the {unlockWords(navigator)} that unlocks
      your device. Your fingerprint or face stays on the device. We never see it.
    </p>
    <p>To add a phone, scan the square code with it. Keep it close. Both need internet and Bluetooth.</p>
  </>
)

/** Keeps a challenge ready, asks whether it is really them, and adds what was asked for last. */
const useAdd = (onDone: (message: string) => void) => {
  const ready = useMemo(() => keepReady<CreationOptions>(() => call('POST /api/authenticators/options', {})), [])
  const task = useTask()
  const check = useFreshCheck(task, 'you add another way to log in', '/ways', true)
  const [asked, setAsked] = useState<Target>('here')

  const add = (target: Target) => {
    setAsked(target)
    return check.run(async () => {
      const response = await register(ready.take(), targets[target].hint)
      ready.spend()
      const { name } = await call('POST /api/authenticators', { response, onIPad: isIPad(navigator) })
      onDone(`“${name}” is set up. You can log in with it now.`)
    })
  }
  // Asked for once, on arrival: the check comes before the choice, and the box can open straight after a press.
  useEffect(() => {
    void check.run(async () => void (await ready.take()), true)
  }, [])
  return { task, check, add, asked }
}

/** Sets up one more of the person's devices. */
export const AddWay = ({ onDone }: { onDone: (message: string) => void }) => {
  const { task, check, add, asked } = useAdd(onDone)
  const { word, label } = targets[asked]
  const about: About = { doing: 'add', device: word, button: targets.here.label, pressed: label }

  if (check.page) return <>{check.page}</>
  if (takesThePage(task.trouble, about))
    return <TroublePage trouble={task.trouble} about={about} onRetry={task.clear} />
  return (
    <Page title="Add another way to log in">
      <Explained />
      <BoxButton about={about} task={task} onPress={() => add('here')} onRetry={() => add(asked)}>
        <Button kind="secondary" busy={task.busy} onPress={() => add('phone')}>
          {targets.phone.label}
        </Button>
        <Button kind="secondary" busy={task.busy} onPress={() => add('key')}>
          {targets.key.label}
        </Button>
      </BoxButton>
      <LineLink href="/ways">Go back without adding</LineLink>
    </Page>
  )
}
