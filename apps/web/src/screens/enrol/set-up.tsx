import type { Invitation } from '@fobwatch/contracts'
import { call } from '../../api.ts'
import { type Hint, hasScreenLock, register } from '../../ceremony/index.ts'
import { BoxButton } from '../../parts/box-button.tsx'
import { Button, ButtonLink, LineLink } from '../../parts/buttons.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Page } from '../../parts/page.tsx'
import { TroubleNote } from '../../parts/trouble-note.tsx'
import { TroublePage, takesThePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { useSubPage } from '../../parts/use-sub-page.ts'
import { useTask } from '../../parts/use-task.ts'
import { momentWords } from '../../words/dates.ts'
import { deviceWord, isIPad, unlockWords, whatWasSetUp } from '../../words/device.ts'
import { noScreenLock } from '../../words/device-troubles.ts'
import type { About } from '../../words/troubles.ts'
import type { SetUpDevice } from './done.tsx'

interface Props {
  code: string
  invitation: Invitation
  onDone: (device: SetUpDevice) => void
}

/** What there is to know of the device in hand before anything is offered. */
interface Device {
  hasLock: boolean
  /** Whether other people use it, so that nothing of one person's is to be kept on it. */
  isShared: boolean
}

const lookAtDevice = async (): Promise<Device> => {
  const [hasLock, { shared }] = await Promise.all([hasScreenLock(), call('GET /api/shared-device', {})])
  return { hasLock, isShared: shared }
}

/** What is set up: the device in hand, or a security key, which alone is set up where other people use the device. */
const targetOf = (page: string | undefined, { hasLock, isShared }: Device) => {
  const device = deviceWord(navigator)
  if (isShared || page === 'security-key')
    return { it: 'a security key', word: 'security key', stays: 'the key', hint: 'security-key' as Hint, isKey: true }
  const hint: Hint | undefined = hasLock ? 'client-device' : undefined
  return { it: `this ${device}`, word: device, stays: `this ${device}`, hint, isKey: false }
}

type Target = ReturnType<typeof targetOf>

const Explained = ({ target }: { target: Target }) => (
  <p>
    Next, your browser opens a box. It may call what you set up a passkey.{' '}
    {target.isKey
      ? 'Use the PIN or fingerprint of your security key.'
      : `Use the ${unlockWords(navigator)} that unlocks ${target.it}.`}{' '}
    Your fingerprint{target.isKey ? ' or PIN' : ', face or PIN'} stays on {target.stays}. We never see it.
  </p>
)

/** In place of the button, which would open a box that has nothing to offer: the one way on is a security key. */
const NoScreenLock = ({ onRetry }: { onRetry: () => void }) => (
  <TroubleNote words={noScreenLock}>
    <div class="nhsuk-button-group">
      <ButtonLink href="?page=security-key">Use a security key</ButtonLink>
      <Button kind="secondary" onPress={onRetry}>
        Try again
      </Button>
    </div>
  </TroubleNote>
)

const OtherDevice = ({ target }: { target: Target }) => {
  if (target.isKey) return <LineLink href="?page=here">Set up this {deviceWord(navigator)} instead</LineLink>
  const shared =
    target.word === 'computer' ? 'Other people use this computer: set up a security key instead' : undefined
  return <LineLink href="?page=security-key">{shared ?? 'Set up a security key instead'}</LineLink>
}

/** Greets the person, says what comes next, and sets up the device when the button is pressed. */
export const SetUp = ({ code, invitation, onDone }: Props) => {
  const page = useSubPage()
  const device = useFetched('device', lookAtDevice)
  const task = useTask(page)
  if (device.trouble) return <TroublePage trouble={device.trouble} onRetry={device.reload} />
  if (!device.value) return <Loading />
  const { hasLock, isShared } = device.value
  const target = targetOf(page, device.value)
  const cannot = !hasLock && !target.isKey && !task.busy && !task.trouble
  const about: About = { doing: 'set-up', device: target.word, button: `Set up ${target.it}` }

  const setUp = () =>
    task.run(async () => {
      const response = await register(await call('POST /api/enrolment/options', { code }), target.hint)
      const enrolled = await call('POST /api/enrolment', { code, response, onIPad: isIPad(navigator) })
      const what = whatWasSetUp(enrolled.kind, response.authenticatorAttachment, deviceWord(navigator))
      onDone({ ...enrolled, what })
    })

  if (takesThePage(task.trouble, about))
    return <TroublePage trouble={task.trouble} about={about} onRetry={task.clear} />
  return (
    <Page title={`Set up ${target.it} to log in`}>
      <p class="nhsuk-lede-text">
        Hello {invitation.name}
        {invitation.organisation && `, ${invitation.organisation}`}
      </p>
      {isShared && (
        <p>Other people use this {deviceWord(navigator)}, so set up a security key, and take it with you.</p>
      )}
      {cannot ? (
        <NoScreenLock onRetry={device.reload} />
      ) : (
        <>
          <Explained target={target} />
          <BoxButton about={about} task={task} onPress={setUp} />
        </>
      )}
      <p>This link works until {momentWords(invitation.expiresAt)}.</p>
      {!isShared && !cannot && <OtherDevice target={target} />}
      <LineLink href="?page=not-me">This is not me</LineLink>
    </Page>
  )
}
