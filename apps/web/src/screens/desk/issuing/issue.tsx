import type { AskedInvitation, IssuedInvitation } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { useLocation, useSearchParams } from 'wouter-preact'
import { call } from '../../../api.ts'
import { Loading } from '../../../parts/loading.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'
import { useSubPage } from '../../../parts/use-sub-page.ts'
import { useTask } from '../../../parts/use-task.ts'
import { asTrouble } from '../../../trouble.ts'
import { thingAsked } from '../../../words/requests.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'
import { AskSecondPerson } from '../requests/ask-second-person.tsx'
import { askedOf, type Choices, nothingChosen } from './choices.ts'
import { ChooseDevice } from './choose-device.tsx'
import { ChooseGiving } from './choose-giving.tsx'
import { Given } from './given.tsx'
import { Review } from './review.tsx'
import { UseApproved } from './use-approved.tsx'

/** What came of the press of the button: it is made, or somebody else has to agree first. */
type Came = { issued: IssuedInvitation } | { needsSecond: AskedInvitation }

/** Makes a link, a code or a pass: what for, how, a look at it, and what became of it. */
export const Issue = ({ staffId }: { staffId: string }) => {
  const person = `/desk/people/${staffId}`
  const found = useFetched(staffId, () => call('GET /api/desk/people/:staffId', { staffId }))
  const [choices, setChoices] = useState<Choices>(nothingChosen)
  const [came, setCame] = useState<Came>()
  const [path, navigate] = useLocation()
  const request = useSearchParams()[0].get('request') ?? undefined
  const page = useSubPage()
  const task = useTask()
  const check = useFreshCheck(task, 'you make it', person)
  const [approved] = useState(request)

  const issue = (asked: AskedInvitation) =>
    check.run(async () => {
      try {
        const body = { ...asked, staffId, ...(approved && { request: approved }) }
        setCame({ issued: await call('POST /api/desk/people/:staffId/invitations', body) })
      } catch (thrown) {
        if (asTrouble(thrown).code !== 'second_person_needed') throw thrown
        setCame({ needsSecond: asked })
      }
    })

  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (check.page) return <>{check.page}</>
  if (!found.value) return <Loading />
  const { name, email } = found.value
  const toThem = { href: person, label: `Go back to ${name}` }
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} back={toThem} />
  if (came && 'issued' in came) return <Given name={name} email={email} issued={came.issued} staffId={staffId} />
  if (came) {
    const asked = came.needsSecond
    const what = `give ${thingAsked(asked)} to ${name}`
    return <AskSecondPerson kind="enrol-level-3" {...{ staffId, asked, what }} back={person} />
  }
  if (approved) return <UseApproved name={name} request={approved} busy={task.busy} back={person} onUse={issue} />

  const asked = askedOf(choices)
  const change = (more: Partial<Choices>) => setChoices((before) => ({ ...before, ...more }))
  const part = { name, choices, onChange: change }
  if (page === 'review' && asked)
    return <Review {...part} email={email} busy={task.busy} back={path} onMake={() => issue(asked)} />
  if (page && choices.device)
    return <ChooseGiving {...part} email={email} back={path} onDone={() => navigate(`${path}?page=review`)} />
  return <ChooseDevice {...part} back={person} onDone={() => navigate(`${path}?page=give`)} />
}
