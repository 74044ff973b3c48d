import type { DeskProfile, ProfessionalBodyCode } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { ChooseOne } from '../../../parts/choices.tsx'
import { ErrorSummary, type FieldError, Form, TextField } from '../../../parts/fields.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'
import { useTask } from '../../../parts/use-task.ts'
import { bodyNames } from '../../../words/people.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'
import { nameOf } from './with-profile.tsx'

const options = Object.entries(bodyNames).map(([value, label]) => ({ value, label }))
const form = /^[A-Za-z0-9-]{3,20}$/

interface EditProps {
  profile: DeskProfile
  onChanged: () => void
}

const Edit = ({ profile, onChanged }: EditProps) => {
  const [body, choose] = useState<string>()
  const [number, setNumber] = useState('')
  const [error, setError] = useState<FieldError>()
  const task = useTask()
  const { staffId, professions } = profile
  const person = `/desk/people/${staffId}`
  const check = useFreshCheck(task, 'you change their registrations', person)
  const save = () => {
    if (!body) return setError({ field: 'body', message: 'Select who gave the number' })
    if (!form.test(number.trim())) return setError({ field: 'number', message: 'Enter the number, such as 1234567' })
    setError(undefined)
    return check.run(async () => {
      const at = { staffId, body: body as ProfessionalBodyCode }
      await call('PUT /api/desk/people/:staffId/professions/:body', { ...at, number: number.trim() })
      setNumber('')
      onChanged()
    })
  }
  const remove = (removed: ProfessionalBodyCode) =>
    check.run(async () => {
      await call('DELETE /api/desk/people/:staffId/professions/:body', { staffId, body: removed })
      onChanged()
    })
  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  return (
    <Page
      title={`Professional registrations of ${nameOf(profile)}`}
      hasErrors={error !== undefined}
      before={<ErrorSummary error={error} />}
    >
      {professions.length === 0 && <p>None yet.</p>}
      {professions.map((each) => (
        <div key={each.body}>
          <p>
            {bodyNames[each.body]}: <strong>{each.number}</strong>
          </p>
          <Button kind="secondary" busy={task.busy} onPress={() => remove(each.body)}>
            Remove {bodyNames[each.body]}
          </Button>
        </div>
      ))}
      <Form onSubmit={save}>
        <ChooseOne
          id="body"
          legend="Who gave them a number?"
          hint="A new number takes the place of the one that is there."
          options={options}
          value={body}
          error={error?.field === 'body' ? error : undefined}
          onChange={choose}
        />
        <TextField
          id="number"
          label="Number"
          value={number}
          error={error?.field === 'number' ? error : undefined}
          onInput={setNumber}
        />
        <Button type="submit" busy={task.busy}>
          Save the number
        </Button>
      </Form>
      <LineLink href={person}>Go back to {nameOf(profile)}</LineLink>
    </Page>
  )
}

/** The registers that somebody is on: added, changed and removed. */
export const Professions = ({ staffId }: { staffId: string }) => {
  const found = useFetched(staffId, () => call('GET /api/desk/people/:staffId/profile', { staffId }))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  return found.value ? <Edit profile={found.value} onChanged={found.reload} /> : <Loading />
}
