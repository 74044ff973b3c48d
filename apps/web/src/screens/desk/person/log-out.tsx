import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'
import { useWayDeed } from '../ways/use-deed.ts'

/** Logs a person out everywhere, once the agent has read what that does and does not do. */
export const LogOutEverywhere = ({ staffId }: { staffId: string }) => {
  const found = useFetched(staffId, () => call('GET /api/desk/people/:staffId', { staffId }))
  const deed = useWayDeed(staffId, 'you log them out everywhere', 'They are logged out everywhere.')
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value) return <Loading />
  if (deed.page) return <>{deed.page}</>
  if (deed.trouble) return <TroublePage trouble={deed.trouble} onRetry={deed.clear} />
  return (
    <Page title={`Log ${found.value.name} out everywhere?`}>
      <p>They are logged out of Fobwatch on every device at once, and their applications are told.</p>
      <p>
        They can log in again with the ways that they have. If a device is lost, or somebody else has it, go back and
        pause it.
      </p>
      <Button
        kind="warning"
        busy={deed.busy}
        onPress={() => deed.run(() => call('DELETE /api/desk/people/:staffId/sessions', { staffId }))}
      >
        Log them out everywhere
      </Button>
      <LineLink href={deed.back}>Go back without doing this</LineLink>
    </Page>
  )
}
