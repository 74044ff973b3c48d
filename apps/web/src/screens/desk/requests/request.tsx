import type { WholeRequest } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { call } from '../../../api.ts'
import { Button, ButtonLink, LineLink } from '../../../parts/buttons.tsx'
import { ErrorSummary, type FieldError } from '../../../parts/fields.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { SummaryList } from '../../../parts/summary-list.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import type { Done } from '../../../parts/use-done.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import { useTask } from '../../../parts/use-task.ts'
import { momentWords } from '../../../words/dates.ts'
import {
  aboutWords,
  askedWords,
  deedWords,
  detailsOf,
  fateWords,
  finishHref,
  whatNext,
} from '../../../words/requests.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'
import { DecideForm, type Decision } from './decide.tsx'
import { HoldingNote } from './holding-note.tsx'
import { lists } from './lists.ts'
import { StateTag } from './state-tag.tsx'
import { useHold } from './use-hold.ts'

interface Props {
  request: WholeRequest
  done: Done
  onReload: () => void
}

const personLink = ({ about }: WholeRequest) =>
  about ? <Link href={`/desk/people/${about.staffId}`}>{about.name}</Link> : 'Everybody'

const Facts = ({ request }: { request: WholeRequest }) => (
  <SummaryList
    rows={[
      { key: 'About', value: personLink(request) },
      { key: 'What is asked', value: askedWords(request) },
      ...detailsOf(request),
      { key: 'Where', value: request.organisation?.name ?? 'Everywhere' },
      { key: 'Asked by', value: `${request.raisedBy.name}, at ${momentWords(request.raisedAt)}` },
      { key: 'Why they ask', value: request.note ?? 'They did not say' },
      ...(request.because ? [{ key: 'Why it was decided so', value: request.because }] : []),
    ]}
  />
)

/** Whoever asked sees what became of it, finishes it, or takes it back. */
const Mine = ({ request, done, onReload }: Props) => {
  const task = useTask()
  const check = useFreshCheck(task, 'you take back what you asked for', `/desk/requests/${request.id}`)
  const finish = request.state === 'approved' ? finishHref(request) : undefined
  const withdraw = () =>
    check.run(async () => {
      await call('POST /api/desk/requests/:id/withdraw', { id: request.id })
      done.finish('You took it back.', lists.mine.href)
    })
  if (check.page) return <>{check.page}</>
  if (task.trouble?.code === 'request_not_open') return <Changed onReload={onReload} />
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  return (
    <Page title={`What you asked for: ${deedWords(request)}`}>
      <p>
        <StateTag request={request} />
      </p>
      <p>{fateWords(request)}</p>
      {request.state === 'open' && <p>{whatNext(request.kind)}</p>}
      {finish && <ButtonLink href={finish}>Finish it</ButtonLink>}
      <Facts request={request} />
      {(request.state === 'open' || request.state === 'approved') && (
        <Button kind="secondary" busy={task.busy} onPress={withdraw}>
          Take it back
        </Button>
      )}
      <LineLink href={lists.mine.href}>{lists.mine.link}</LineLink>
    </Page>
  )
}

const Changed = ({ onReload }: { onReload: () => void }) => (
  <Page title="This request has changed">
    <p>Somebody decided it or took it back, or you had it for more than 15 minutes.</p>
    <Button onPress={onReload}>Look at it again</Button>
    <LineLink href={lists['to-decide'].href}>{lists['to-decide'].link}</LineLink>
  </Page>
)

const WithSomebodyElse = ({ request, onReload }: Omit<Props, 'done'>) => (
  <Page title="Somebody else is looking at this request">
    <p>
      {request.heldBy && request.heldUntil
        ? `It is with ${request.heldBy} until ${momentWords(request.heldUntil)}, or until they leave its page.`
        : 'It is with somebody else for up to 15 minutes.'}
    </p>
    <Button onPress={onReload}>Look again</Button>
    <LineLink href={lists['to-decide'].href}>{lists['to-decide'].link}</LineLink>
  </Page>
)

const lost = ['request_not_open', 'request_not_held', 'request_held']

/** Whoever may decide it holds it while they look, and decides. */
const ToDecide = ({ request, done, onReload }: Props) => {
  const { id } = request
  const [error, setError] = useState<FieldError>()
  const hold = useHold(id, true)
  const task = useTask()
  const check = useFreshCheck(task, 'you decide', lists['to-decide'].href)
  const decide = ({ approved, because }: Decision) =>
    check.run(async () => {
      const reason = because === undefined ? {} : { because }
      if (approved) await call('POST /api/desk/requests/:id/approve', { id, ...reason })
      else await call('POST /api/desk/requests/:id/reject', { id, because: because ?? '' })
      done.finish(approved ? 'You approved it.' : 'You rejected it.', lists['to-decide'].href)
    })

  if (check.page) return <>{check.page}</>
  if (hold.trouble?.code === 'request_held') return <WithSomebodyElse request={request} onReload={onReload} />
  if (hold.over || [hold.trouble, task.trouble].some((each) => each && lost.includes(each.code)))
    return <Changed onReload={onReload} />
  if (hold.trouble) return <TroublePage trouble={hold.trouble} onRetry={hold.take} />
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  if (!hold.until) return <Loading />
  return (
    <Page
      title={`${deedWords(request)}: ${aboutWords(request)}`}
      hasErrors={error !== undefined}
      before={<ErrorSummary error={error} />}
    >
      <HoldingNote until={hold.until} ending={hold.ending} onKeep={hold.take} />
      <Facts request={request} />
      <DecideForm busy={task.busy} error={error} onError={setError} onDecide={decide} />
      <LineLink href={lists['to-decide'].href}>Leave it for somebody else</LineLink>
    </Page>
  )
}

const Closed = ({ request }: { request: WholeRequest }) => (
  <Page title={`${deedWords(request)}: ${aboutWords(request)}`}>
    <p>
      <StateTag request={request} />
    </p>
    <p>{fateWords(request)}</p>
    <Facts request={request} />
    <LineLink href={lists['to-decide'].href}>{lists['to-decide'].link}</LineLink>
  </Page>
)

/** One request: for whoever asked, whoever may decide it, and whoever decided it. */
export const RequestPage = ({ id, done }: { id: string; done: Done }) => {
  const [round, setRound] = useState(0)
  const found = useFetched(`${id} ${round}`, () => call('GET /api/desk/requests/:id', { id }))
  const again = () => setRound((before) => before + 1)
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={again} />
  const request = found.value
  if (!request) return <Loading />
  const props = { request, done, onReload: again }
  if (request.mine) return <Mine {...props} />
  if (!request.mayDecide) return <Closed request={request} />
  if (request.heldBy && !request.held) return <WithSomebodyElse {...props} />
  return <ToDecide key={round} {...props} />
}
