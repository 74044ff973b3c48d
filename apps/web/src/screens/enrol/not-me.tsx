import { useEffect } from 'preact/hooks'
import { Button } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useTask } from '../../parts/use-task.ts'
import { useSession } from '../../session.tsx'

const title = 'This link is for someone else'

/** The person says that the link is not theirs, so this tab forgets it. */
export const NotMe = ({ onShown }: { onShown: () => void }) => {
  useEffect(onShown, [])
  return (
    <Page title={title}>
      <p>You told us this is not you. The link has not been used.</p>
      <p>Delete it and tell the desk.</p>
    </Page>
  )
}

/** Somebody else is logged in on this browser. */
export const SomebodyElse = ({ name, onLoggedOut }: { name: string; onLoggedOut: () => void }) => {
  const { logOut } = useSession()
  const task = useTask()
  const leave = () =>
    task.run(async () => {
      await logOut()
      onLoggedOut()
    })
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  return (
    <Page title={title}>
      <p>You are logged in as {name}. The link has not been used.</p>
      <p>
        Not {name}? Select <strong>Log out and open it again</strong>. Not yours? Delete it and tell the desk.
      </p>
      <Button busy={task.busy} onPress={leave}>
        Log out and open it again
      </Button>
    </Page>
  )
}
