import type { Invitation } from '@fobwatch/contracts'
import { call } from '../../api.ts'
import { hasScreenLock, register } from '../../ceremony/index.ts'
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
import type { SetUpBy } from './set-up-by.ts'
import { type DeviceInHand, type Target, targetOf } from './target.ts'

interface Props {
  by: SetUpBy
  invitation: Invitation
  onDone: (device: SetUpDevice) => void
}

const lookAtDevice = async (): Promise<DeviceInHand> => {
  const [hasLock, { shared }] = await Promise.all([hasScreenLock(), call('GET /api/shared-device', {})])
  return { hasLock, isShared: shared }
}

const Explained = ({ target }: { target: Target }) => (
  <p>
    Next, your browser opens a box. It may call what you set up a passkey. {howWords(target)} Your fingerprint
    {target.inHand || target.isFar ? ', face or PIN' : ' or PIN'} stays on {target.stays}. We never see it.
  </p>
)

const howWords = ({ it, inHand, isFar, word }: Target): string => {
  if (inHand) return `Use the ${unlockWords(navigator)} that unlocks ${it}.`
  if (isFar) return 'Scan the square code with your phone. Keep it close. Both need internet and Bluetooth.'
  return `Use the PIN or fingerprint of your ${word}.`
}

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
  if (!target.inHand) return <LineLink href="?page=here">Set up this {deviceWord(navigator)} instead</LineLink>
  const shared =
    target.word === 'computer' ? 'Other people use this computer: set up a security key instead' : undefined
  return <LineLink href="?page=security-key">{shared ?? 'Set up a security key instead'}</LineLink>
}

/** Greets the person, says what comes next, and sets up the device when the button is pressed. */
export const SetUp = ({ by, invitation, onDone }: Props) => {
  const page = useSubPage()
  const device = useFetched('device', lookAtDevice)
  const task = useTask(page)
  if (device.trouble) return <TroublePage trouble={device.trouble} onRetry={device.reload} />
  if (!device.value) return <Loading />
  const { hasLock, isShared } = device.value
  const target = targetOf(page, invitation.device, device.value, navigator)
  const cannot = !hasLock && target.inHand && !task.busy && !task.trouble
  const about: About = { doing: 'set-up', device: target.word, button: `Set up ${target.it}` }

  const setUp = () =>
    task.run(async () => {
      const begun = by.begin()
      const response = await register(begun, target.hint)
      const options = await begun
      const enrolled = await by.finish({ response, onIPad: isIPad(navigator) })
      const what = whatWasSetUp(enrolled.kind, response.authenticatorAttachment, deviceWord(navigator))
      onDone({ ...enrolled, what, rpId: options.rp.id, credentialId: response.id })
    })

  if (takesThePage(task.trouble, about))
    return <TroublePage trouble={task.trouble} about={about} onRetry={task.clear} />
  return (
    <Page title={`Set up ${target.it} to log in`}>
      <p class="nhsuk-lede-text">
        Hello {invitation.name}
        {invitation.organisation && `, ${invitation.organisation}`}
      </p>
      {isShared && !target.isFar && (
        <p>Other people use this {deviceWord(navigator)}, so set up a security key, and take it with you.</p>
      )}
      {cannot ? (
        <NoScreenLock onRetry={device.reload} />
      ) : (
        <>
          <Explained target={target} />
          <BoxButton key={page} about={about} task={task} onPress={setUp} />
        </>
      )}
      <p>
        {by.called} works until {momentWords(invitation.expiresAt)}.
        {by.typed && ' You have 15 minutes from when you typed it in.'}
      </p>
      {!isShared && !cannot && !invitation.device && <OtherDevice target={target} />}
      <LineLink href="?page=not-me">This is not me</LineLink>
    </Page>
  )
}
