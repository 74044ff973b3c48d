import type { RegisteredClient, WholeRequest } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { ErrorSummary, type FieldError } from '../../../parts/fields.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'
import { useTask } from '../../../parts/use-task.ts'
import { asTrouble } from '../../../trouble.ts'
import type { Draft } from '../../../words/applications/fields.ts'
import { momentWords } from '../../../words/dates.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'
import { NotFound } from '../../not-found/index.tsx'
import { Facts } from './facts.tsx'
import { SecretPage } from './secret-page.tsx'

type Asked = Draft & { version?: number }

const finished = ({ id: request, asked }: WholeRequest): Promise<RegisteredClient> => {
  const { version, ...draft } = asked as unknown as Asked
  return version === undefined
    ? call('POST /api/desk/clients', { ...draft, request })
    : call('PUT /api/desk/clients/:id', { ...draft, version, request })
}

const stateWords: Partial<Record<WholeRequest['state'], string>> = {
  open: 'Nobody has decided yet.',
  done: 'You have finished this.',
  rejected: 'A second person refused it.',
  withdrawn: 'You took it back.',
  cancelled: 'It was cancelled.',
  expired: 'It ran out. You can ask again.',
}

const refused: Partial<Record<string, string>> = {
  client_changed: 'Somebody changed this application since you asked. Ask again, from the application as it is now',
  client_taken: 'There is another application with this id by now',
  client_invalid: 'This registration cannot be taken any more. Begin again',
  request_not_approved: 'The agreement has run out, or was used',
}

const State = ({ request: { state, dueAt, because, decidedBy } }: { request: WholeRequest }) => (
  <>
    <p>
      {state === 'approved'
        ? `${decidedBy ?? 'An operator'} agreed. You can finish it until ${momentWords(dueAt)}.`
        : stateWords[state]}
    </p>
    {because && <p>They wrote: {because}</p>}
  </>
)

const Finish = ({ request }: { request: WholeRequest }) => {
  const asked = request.asked as unknown as Asked
  const isNew = asked.version === undefined
  const [made, setMade] = useState<RegisteredClient>()
  const [error, setError] = useState<FieldError>()
  const task = useTask()
  const check = useFreshCheck(task, `you finish ${asked.name}`, '/desk/applications')
  const finish = () =>
    check.run(async () => {
      try {
        setMade(await finished(request))
      } catch (thrown) {
        const message = refused[asTrouble(thrown).code]
        if (!message) throw thrown
        setError({ field: 'finish', message })
      }
    })
  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  if (made)
    return <SecretPage title={`${made.name} is ${isNew ? 'added' : 'changed'}`} id={made.id} secret={made.secret} />
  return (
    <Page
      title={isNew ? `Add ${asked.name}` : `Change ${asked.name}`}
      hasErrors={error !== undefined}
      before={<ErrorSummary error={error} />}
    >
      <State request={request} />
      {request.state === 'approved' && (
        <div id="finish" tabIndex={-1}>
          <Button busy={task.busy} onPress={finish}>
            {isNew ? 'Add it now' : 'Change it now'}
          </Button>
        </div>
      )}
      <Facts draft={asked} apis={[]} />
      <LineLink href="/desk/applications">All applications</LineLink>
    </Page>
  )
}

/** Finishes what a second person agreed to. */
export const FinishPage = ({ id }: { id: string }) => {
  const found = useFetched(id, () => call('GET /api/desk/requests/:id', { id }))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value) return <Loading />
  return found.value.mine && found.value.kind === 'add-client' ? <Finish request={found.value} /> : <NotFound />
}
