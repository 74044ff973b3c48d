import { useState } from 'preact/hooks'
import { download } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useTask } from '../../../parts/use-task.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'
import { AskSecondPerson } from '../requests/ask-second-person.tsx'
import { save } from './save.ts'
import { useApproved } from './use-approved.ts'

const log = '/desk/audit'

const Made = ({ name }: { name: string }) => (
  <Page title="The copy is made">
    <p>
      It is in your downloads: <span class="fobwatch-breakable">{name}</span>
    </p>
    <p>Keep it safe. Whoever runs Fobwatch can check with a command that nothing in it was changed.</p>
    <LineLink href={log}>Go back to the log</LineLink>
  </Page>
)

const Make = ({ by, busy, onMake }: { by: string | undefined; busy: boolean; onMake: () => unknown }) => (
  <Page title="Make a copy of the log">
    {by && <p>{by} agreed to it. You can do it once.</p>}
    <p>A copy holds everything that was ever done here. It takes 2 people to make one.</p>
    <p>Names and other details about people stay locked in it. Nobody can read them from the copy.</p>
    {busy && <p role="status">We are making the copy. A long log takes some minutes. Stay on this page.</p>}
    <Button busy={busy} onPress={onMake}>
      Make a copy
    </Button>
    <LineLink href={log}>Go back without making a copy</LineLink>
  </Page>
)

/** A copy of the whole log, once somebody else has agreed to it. */
export const ExportLog = () => {
  const approved = useApproved()
  const [made, setMade] = useState<string>()
  const task = useTask()
  const check = useFreshCheck(task, 'you make a copy of the log', log)
  const { request } = approved
  const make = () =>
    check.run(async () => {
      const file = await download('POST /api/desk/audit/exports', request ? { request: request.id } : {})
      save(file)
      setMade(file.name)
    }, true)

  if (made) return <Made name={made} />
  if (approved.trouble) return <TroublePage trouble={approved.trouble} onRetry={() => location.reload()} />
  if (approved.loading) return <Loading />
  if (check.page) return <>{check.page}</>
  if (task.trouble?.code === 'second_person_needed')
    return <AskSecondPerson kind="export-audit" asked={{}} back={log} />
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  const by = request && (request.decidedBy ?? 'Whoever runs Fobwatch')
  return <Make by={by} busy={task.busy} onMake={make} />
}
