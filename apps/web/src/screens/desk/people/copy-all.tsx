import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { Page } from '../../../parts/page.tsx'
import { saveAsFile } from '../../../parts/save-as-file.ts'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useTask } from '../../../parts/use-task.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'
import { nameOf, WithProfile } from './with-profile.tsx'

/** Downloads all that is held about somebody, for them. */
export const CopyAll = ({ staffId }: { staffId: string }) => {
  const [saved, setSaved] = useState(false)
  const task = useTask()
  const person = `/desk/people/${staffId}`
  const check = useFreshCheck(task, 'you copy all that is held about them', person)
  const download = () =>
    check.run(async () => {
      saveAsFile(`${staffId}.json`, await call('GET /api/desk/people/:staffId/export', { staffId }))
      setSaved(true)
    })
  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  return (
    <WithProfile staffId={staffId}>
      {(profile) => (
        <Page title={`Copy all that is held about ${nameOf(profile)}`}>
          <p>Do this when they ask for it. Give the file to them and nobody else, then delete it.</p>
          <p>The log says that you made a copy, and they can see that.</p>
          {saved && <p>The file is in your downloads.</p>}
          <Button busy={task.busy} onPress={download}>
            Download it all
          </Button>
          <LineLink href={person}>Go back to {nameOf(profile)}</LineLink>
        </Page>
      )}
    </WithProfile>
  )
}
