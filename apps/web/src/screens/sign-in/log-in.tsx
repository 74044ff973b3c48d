import type { SignInState, SignInStep } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { canAutofill, canRunCeremony } from '../../ceremony/index.ts'
import { recall } from '../../memory.ts'
import { BoxButton } from '../../parts/box-button.tsx'
import { LineLink } from '../../parts/buttons.tsx'
import { Checkbox } from '../../parts/fields.tsx'
import { Page } from '../../parts/page.tsx'
import { TroubleNote } from '../../parts/trouble-note.tsx'
import { TroublePage, takesThePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { useSubPage } from '../../parts/use-sub-page.ts'
import { useWhyLoggedOut } from '../../parts/use-why-logged-out.ts'
import { WaysOut } from '../../parts/ways-out.tsx'
import { useSession } from '../../session.tsx'
import { deviceWord } from '../../words/device.ts'
import { type About, troubleWords } from '../../words/troubles.ts'
import { AutofillField } from './autofill-field.tsx'
import { DifferentDevice } from './different-device.tsx'
import { GoBack } from './go-back.tsx'
import { Help } from './help.tsx'
import { useSignIn } from './use-sign-in.ts'

interface Props {
  interaction: string
  state: Pick<SignInState, 'application' | 'hint' | 'name' | 'shared' | 'personas'>
  onStep: (step: SignInStep) => Promise<void>
}

const CannotLogIn = ({ about }: { about: About }) => {
  const words = troubleWords('browser_unsupported', about)
  if (!words || canRunCeremony()) return null
  return (
    <TroubleNote words={words}>
      <WaysOut ways={words.waysOut} />
    </TroubleNote>
  )
}

/** The log-in page and what belongs to it, over one challenge that is kept ready. */
export const LogIn = ({
  interaction,
  state: { application, hint, name, shared: isMarked, personas },
  onStep,
}: Props) => {
  const page = useSubPage()
  const { ended } = useSession()
  const why = useWhyLoggedOut()
  const [saysShared, setSaysShared] = useState(false)
  const shared = isMarked || saysShared
  // A computer that other people use offers no names.
  const autofills = useFetched('autofill', canAutofill).value === true && !shared
  const { task, press, attachment } = useSignIn({
    interaction,
    page,
    offersAutofill: autofills && page === undefined,
    shared: saysShared,
    onStep,
  })
  const device = attachment === 'cross-platform' ? 'device' : deviceWord(navigator)
  const about: About = { doing: 'log-in', device, button: 'Log in', leadsElsewhere: true }

  if (takesThePage(task.trouble, about))
    return <TroublePage trouble={task.trouble} about={about} onRetry={task.clear} />
  if (page === 'different-device') return <DifferentDevice task={task} press={press} />
  if (page === 'help') return <Help />
  return (
    <Page title="Log in">
      {isMarked && (
        <p>
          <strong class="nhsuk-tag nhsuk-tag--grey">Shared computer</strong>
        </p>
      )}
      {why && <p>You are logged out. {why}</p>}
      {(ended || why) && recall('next-page') && <p>Log in, and we take you back to the same place.</p>}
      {application && <p class="nhsuk-lede-text">Log in to carry on to {application}.</p>}
      {application && name && (
        <p>
          You are logged in as {name}. {application} asks to check again that it is you.
        </p>
      )}
      {hint && <p class="fobwatch-breakable">It expects you to be {hint}.</p>}
      <p>Use the fingerprint, face or PIN that unlocks this device, or your security key.</p>
      <p>Your fingerprint or face stays on your device. We never see it.</p>
      <CannotLogIn about={about} />
      {!isMarked && (
        <Checkbox id="shared" label="Other people use this computer" checked={saysShared} onChange={setSaysShared} />
      )}
      <BoxButton about={about} task={task} onPress={press} />
      {autofills && <AutofillField hint={hint} onEnter={press} />}
      <LineLink href="?page=different-device">Use a different device</LineLink>
      <LineLink href="?page=help">I cannot log in</LineLink>
      {personas && <LineLink href="?page=personas">Be a persona</LineLink>}
      <GoBack {...{ interaction, application, task, onStep }} />
    </Page>
  )
}
