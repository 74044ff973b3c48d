import type { AskedChange, AskedEnd, DeskAssignment, RequestKind } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../../../api.ts'
import { Button, LineLink } from '../../../../parts/buttons.tsx'
import { ErrorSummary, Form } from '../../../../parts/fields.tsx'
import { Loading } from '../../../../parts/loading.tsx'
import { Page } from '../../../../parts/page.tsx'
import { TroublePage } from '../../../../parts/trouble-page.tsx'
import type { Done } from '../../../../parts/use-done.ts'
import { useFetched } from '../../../../parts/use-fetched.ts'
import { asTrouble, Trouble } from '../../../../trouble.ts'
import { lastDayOf, noDay, typedOf } from '../../../../words/days.ts'
import { AskSecondPerson } from '../../requests/ask-second-person.tsx'
import { useDeed } from '../use-deed.ts'
import { isFault, lastDay, useDates } from './dates.tsx'

interface Props {
  staffId: string
  held: DeskAssignment
  back: string
  done: Done
}

type Asked = { kind: Extract<RequestKind, 'change-assignment' | 'end-assignment'>; asked: AskedChange | AskedEnd }

/** Does a deed, or finds that somebody else has to agree to it. */
const useDeedOrAsk = (purpose: string, { held, back }: Pick<Props, 'held' | 'back'>) => {
  const [toAsk, setToAsk] = useState<Asked>()
  const deed = useDeed(purpose, back, {
    assignment_dates: { field: lastDay, message: 'The last day must not be past, or before the first' },
  })
  const run = (asked: Asked, work: () => Promise<unknown>) => {
    if (held.mayChange === 'by-request') return setToAsk(asked)
    return deed.run(async () => {
      try {
        await work()
      } catch (thrown) {
        if (asTrouble(thrown).code !== 'second_person_needed') throw thrown
        setToAsk(asked)
      }
    })
  }
  return { ...deed, run, toAsk }
}

const Dates = ({ staffId, held, back, done }: Props) => {
  const begin = held.state === 'planned' ? typedOf(new Date(held.startsAt)) : undefined
  const dates = useDates(begin, held.expiresAt ? lastDayOf(new Date(held.expiresAt)) : noDay)
  const deed = useDeedOrAsk('you change the dates of a role', { held, back })
  const change = () => {
    const read = dates.read()
    if (isFault(read)) return deed.setError(read)
    const to = {
      ...(begin && { startsAt: read.startsAt ?? new Date().toISOString() }),
      expiresAt: read.expiresAt ?? null,
    }
    const asked = { assignment: held.id, ...to }
    return deed.run({ kind: 'change-assignment', asked }, async () => {
      await call('PATCH /api/desk/people/:staffId/assignments/:assignment', { staffId, ...asked })
      done.finish(`The dates of ${held.position.name} are changed.`, back)
    })
  }
  const what = `change when they have ${held.position.name} at ${held.organisation.name}`
  if (deed.toAsk) return <AskSecondPerson {...{ ...deed.toAsk, staffId, what, back }} />
  if (deed.page) return <>{deed.page}</>
  if (deed.trouble) return <TroublePage trouble={deed.trouble} onRetry={deed.clear} />
  return (
    <Page
      title={`Change the dates of ${held.position.name}`}
      hasErrors={deed.error !== undefined}
      before={<ErrorSummary error={deed.error} />}
    >
      <p>At {held.organisation.name}.</p>
      <Form onSubmit={change}>
        {dates.fields(deed.error)}
        <Button type="submit" busy={deed.busy}>
          Change the dates
        </Button>
      </Form>
      <LineLink href={back}>Go back without changing them</LineLink>
    </Page>
  )
}

const End = ({ staffId, held, back, done }: Props) => {
  const deed = useDeedOrAsk('you end a role', { held, back })
  const end = () =>
    deed.run({ kind: 'end-assignment', asked: { assignment: held.id } }, async () => {
      await call('POST /api/desk/people/:staffId/assignments/:assignment/end', { staffId, assignment: held.id })
      done.finish(`${held.position.name} is ended.`, back)
    })
  const what = `end that they have ${held.position.name} at ${held.organisation.name}`
  if (deed.toAsk) return <AskSecondPerson {...{ ...deed.toAsk, staffId, what, back }} />
  if (deed.page) return <>{deed.page}</>
  if (deed.trouble) return <TroublePage trouble={deed.trouble} onRetry={deed.clear} />
  return (
    <Page title={`End ${held.position.name}?`}>
      <p>
        They cannot work as {held.position.name} at {held.organisation.name} from this moment.
      </p>
      <p>Applications where they work in it lose it at once. Their other roles stay.</p>
      <Button kind="warning" busy={deed.busy} onPress={end}>
        End it now
      </Button>
      <LineLink href={back}>Go back without ending it</LineLink>
    </Page>
  )
}

interface ChangeProps {
  staffId: string
  id: string
  what: 'dates' | 'end'
  done: Done
}

/** New dates for a position that a person has, or its end. */
export const ChangeRole = ({ staffId, id, what, done }: ChangeProps) => {
  const back = `/desk/positions/of/${staffId}`
  const found = useFetched(staffId, () => call('GET /api/desk/people/:staffId/assignments', { staffId }))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value) return <Loading />
  const held = found.value.assignments.find((each) => each.id === id)
  if (!held) return <TroublePage trouble={new Trouble('not_found')} onRetry={found.reload} />
  const given = { staffId, held, back, done }
  return what === 'dates' ? <Dates {...given} /> : <End {...given} />
}
