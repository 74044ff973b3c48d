import type { DeskProfile } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { ErrorsSummary, type FieldError, Form } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useTask } from '../../../parts/use-task.ts'
import { typedDay } from '../../../words/birth-dates.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'
import { AskSecondPerson } from '../requests/ask-second-person.tsx'
import { ContactFields, contactErrors, detailsOf, NameFields, nameErrors, type Typed } from './person-fields.tsx'
import { nameOf, WithProfile } from './with-profile.tsx'

const asTyped = (profile: DeskProfile): Typed => ({
  ...{ title: profile.title ?? '', givenName: profile.givenName, middleNames: profile.middleNames ?? '' },
  ...{ familyName: profile.familyName, birth: typedDay(profile.birthDate) },
  ...{ email: profile.email ?? '', phone: profile.phone ?? '' },
})

/** What differs from what is there; a birth date that the agent was not shown is left alone where none was typed. */
const changesOf = (profile: DeskProfile, typed: Typed) => {
  const entries = Object.entries(detailsOf(typed)) as [keyof ReturnType<typeof detailsOf>, string | null][]
  return Object.fromEntries(entries.filter(([name, value]) => value !== profile[name]))
}

const Edit = ({ profile }: { profile: DeskProfile }) => {
  const [typed, setTyped] = useState(() => asTyped(profile))
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const [asking, setAsking] = useState<Record<string, unknown>>()
  const [, navigate] = useLocation()
  const task = useTask()
  const { staffId, version } = profile
  const person = `/desk/people/${staffId}`
  const check = useFreshCheck(task, 'you change their details', person)
  const save = () => {
    const found = [...nameErrors(typed, false), ...contactErrors(typed)]
    setErrors(found)
    if (found.length > 0) return
    const changes = changesOf(profile, typed)
    if (Object.keys(changes).length === 0) return navigate(person)
    if (profile.may.change === 'by-request') return setAsking({ version, ...changes })
    return check.run(async () => {
      await call('PATCH /api/desk/people/:staffId', { staffId, version, ...changes })
      navigate(person)
    })
  }
  if (asking) return <AskSecondPerson kind="change-details" staffId={staffId} asked={asking} back={person} />
  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  const props = { typed, errors, onType: setTyped }
  return (
    <Page
      title={`Change details of ${nameOf(profile)}`}
      hasErrors={errors.length > 0}
      before={<ErrorsSummary errors={errors} />}
    >
      <Form onSubmit={save}>
        <NameFields {...props} />
        <ContactFields {...props} />
        <Button type="submit" busy={task.busy}>
          Save
        </Button>
      </Form>
      <LineLink href={person}>Go back without changing anything</LineLink>
    </Page>
  )
}

/** Changes what somebody is called and how they are reached. */
export const ChangeDetails = ({ staffId }: { staffId: string }) => (
  <WithProfile staffId={staffId}>{(profile) => <Edit profile={profile} />}</WithProfile>
)
