import type { PolicyPlace } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { ChooseOne } from '../../../parts/choices.tsx'
import { ErrorSummary, type FieldError, Form, TextField } from '../../../parts/fields.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useTask } from '../../../parts/use-task.ts'
import { asTrouble } from '../../../trouble.ts'
import { placeHref } from '../../../words/place-of-rules.ts'

const kinds = [
  { value: 'organisation', label: 'An organisation', hint: 'Its people, and those of organisations below it.' },
  { value: 'client', label: 'An application', hint: 'Everybody who logs in to it.' },
]

const codeOf = {
  organisation: { label: 'Code of the organisation', hint: 'Its ODS code, such as ABC01.' },
  client: { label: 'Id of the application', hint: 'Its client_id, such as ward-list.' },
}

type Scope = keyof typeof codeOf

const refused: Partial<Record<string, string>> = {
  not_found: 'We do not know this code. Check it and try again',
  not_allowed: 'You may not see the rules of this place',
  invalid_request: 'We do not know this code. Check it and try again',
}

/** Whose rules are to be set. */
export const ChoosePlace = () => {
  const [, navigate] = useLocation()
  const [scope, setScope] = useState<Scope>()
  const [id, setId] = useState('')
  const [error, setError] = useState<FieldError>()
  const task = useTask()

  const look = (place: PolicyPlace) =>
    task.run(async () => {
      try {
        await call('GET /api/desk/policies/:scope/:id', place)
      } catch (thrown) {
        const message = refused[asTrouble(thrown).code]
        if (!message) throw thrown
        return setError({ field: 'id', message })
      }
      navigate(placeHref(place))
    })
  const go = () => {
    if (!scope) return setError({ field: 'scope', message: 'Select what the rules are for' })
    if (id.trim() === '') return setError({ field: 'id', message: `Enter the ${codeOf[scope].label.toLowerCase()}` })
    setError(undefined)
    return look({ scope, id: scope === 'organisation' ? id.trim().toUpperCase() : id.trim() })
  }
  const choose = (value: string) => setScope(value === 'client' ? 'client' : 'organisation')
  const errorOf = (field: string) => (error?.field === field ? error : undefined)

  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  return (
    <Page title="Set rules for one place" hasErrors={error !== undefined} before={<ErrorSummary error={error} />}>
      <Form onSubmit={go}>
        <ChooseOne
          id="scope"
          legend="What are the rules for?"
          options={kinds}
          value={scope}
          error={errorOf('scope')}
          onChange={choose}
        />
        {scope && <TextField id="id" {...codeOf[scope]} value={id} error={errorOf('id')} onInput={setId} />}
        <Button type="submit" busy={task.busy}>
          Continue
        </Button>
      </Form>
      <LineLink href="/desk/policies">Go back</LineLink>
    </Page>
  )
}
