import type { SessionView, SignInStep } from '@fobwatch/contracts'
import { useRef } from 'preact/hooks'
import { BoxButton } from '../../parts/box-button.tsx'
import { LineLink } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage, takesThePage } from '../../parts/trouble-page.tsx'
import { useSession } from '../../session.tsx'
import { deviceWord } from '../../words/device.ts'
import type { About } from '../../words/troubles.ts'
import { useSignIn } from '../sign-in/use-sign-in.ts'

interface Props {
  /** Who is logged in; null once they left. */
  session: SessionView | null
  /** Called as they leave, so that this page stays while the box is open. */
  onLeave: () => void
}

const goOn = async (step: SignInStep) => {
  if (step.next === 'continue') location.assign(step.url)
}

/**
 * Who is logged in on a shared computer. One press logs them out and opens the box for the next person; the challenge was
 * fetched before, or Safari would refuse.
 */
export const SharedHome = ({ session, onLeave }: Props) => {
  const { logOut } = useSession()
  const { task, press } = useSignIn({
    interaction: 'fobwatch',
    page: undefined,
    offersAutofill: false,
    shared: true,
    onStep: goOn,
  })
  const left = useRef(false)
  const change = () => {
    if (!left.current) {
      left.current = true
      onLeave()
      void logOut()
    }
    return press()
  }
  const about: About = { doing: 'log-in', device: deviceWord(navigator), button: session ? 'Switch person' : 'Log in' }

  if (takesThePage(task.trouble, about))
    return <TroublePage trouble={task.trouble} about={about} onRetry={task.clear} />
  return (
    <Page title={session ? `${session.name} is logged in` : 'Log in'}>
      <p>
        <strong class="nhsuk-tag nhsuk-tag--grey">Shared computer</strong>
      </p>
      {session ? (
        <p>
          Not {session.name}? Select <strong>Switch person</strong>. It logs them out, and your browser opens a box.
        </p>
      ) : (
        <p>Use the fingerprint, face or PIN that unlocks your phone, or your security key.</p>
      )}
      <BoxButton about={about} task={task} onPress={change} />
      {session && <LineLink href="/ways">Your ways to log in</LineLink>}
      {session && <LineLink href="/logged-in">Where you are logged in</LineLink>}
      {session?.applications && <LineLink href="/developers/logout-test">Try an application’s log out</LineLink>}
      {session?.desk && <LineLink href="/desk">Registration authority desk</LineLink>}
    </Page>
  )
}
