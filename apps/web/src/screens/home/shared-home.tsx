import type { SessionView, SignInStep } from '@fobwatch/contracts'
import { useRef } from 'preact/hooks'
import { BoxButton } from '../../parts/box-button.tsx'
import { Button, LineLink } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage, takesThePage } from '../../parts/trouble-page.tsx'
import type { Task } from '../../parts/use-task.ts'
import { useSession } from '../../session.tsx'
import { deviceWord } from '../../words/device.ts'
import type { About } from '../../words/troubles.ts'
import { useSignIn } from '../sign-in/use-sign-in.ts'

interface Props {
  /** Who is logged in; null once they left. */
  session: SessionView | null
  /** Called as they leave, so that this page stays while the box is open. */
  onLeave: () => void
  /** How they carry on, where the page that they left open is covered. */
  carryOn?: { task: Task; press: () => unknown }
}

const goOn = async (step: SignInStep) => {
  if (step.next === 'continue') location.assign(step.url)
}

const Places = ({ session }: { session: SessionView }) => (
  <>
    <LineLink href="/ways">Your ways to log in</LineLink>
    <LineLink href="/logged-in">Where you are logged in</LineLink>
    {session.desk.includes('manage-clients') && (
      <LineLink href="/developers/logout-test">Try an application’s log out</LineLink>
    )}
    {session.desk.length > 0 && <LineLink href="/desk">Registration authority desk</LineLink>}
  </>
)

/**
 * Who is logged in on a shared computer. One press logs them out and opens the box for the next person; the challenge was
 * fetched before, or Safari would refuse.
 */
export const SharedHome = ({ session, onLeave, carryOn }: Props) => {
  const { logOut } = useSession()
  const { task, press } = useSignIn({
    interaction: 'fobwatch',
    page: undefined,
    offersAutofill: false,
    shared: true,
    waitFor: () => leaving.current,
    onStep: goOn,
  })
  // A log out that ended after the next person's log in would take away the cookie that they had just been given.
  const leaving = useRef<Promise<void>>()
  const change = () => {
    if (!leaving.current) {
      onLeave()
      leaving.current = logOut()
      leaving.current.catch(() => {
        leaving.current = undefined
      })
    }
    return press()
  }
  const about: About = { doing: 'log-in', device: deviceWord(navigator), button: session ? 'Switch person' : 'Log in' }

  // Whoever is at either box: the page is for one of them at a time.
  const shown = carryOn?.task.trouble || carryOn?.task.busy ? carryOn.task : task
  if (takesThePage(shown.trouble, about))
    return <TroublePage trouble={shown.trouble} about={about} onRetry={shown.clear} />
  return (
    <Page title={session ? `${session.name} is logged in` : 'Log in'}>
      <p>
        <strong class="nhsuk-tag nhsuk-tag--grey">Shared computer</strong>
      </p>
      {session && carryOn && <p>Nobody touched this computer for 5 minutes, so the page is covered.</p>}
      {session ? (
        <p>
          Not {session.name}? Select <strong>Switch person</strong>. It logs them out, and your browser opens a box.
        </p>
      ) : (
        <p>Use the fingerprint, face or PIN that unlocks your phone, or your security key.</p>
      )}
      <BoxButton about={about} task={shown} onPress={change}>
        {session && carryOn && (
          <Button kind="secondary" busy={shown.busy} onPress={carryOn.press}>
            Carry on
          </Button>
        )}
      </BoxButton>
      {session && !carryOn && <Places session={session} />}
    </Page>
  )
}
