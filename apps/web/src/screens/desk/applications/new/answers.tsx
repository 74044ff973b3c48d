import type { DefineApi, RegisteredClient } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../../../api.ts'
import { Button, LineLink } from '../../../../parts/buttons.tsx'
import { ErrorsSummary, type FieldError } from '../../../../parts/fields.tsx'
import { Page } from '../../../../parts/page.tsx'
import { TroublePage } from '../../../../parts/trouble-page.tsx'
import { useTask } from '../../../../parts/use-task.ts'
import { asTrouble } from '../../../../trouble.ts'
import type { Draft } from '../../../../words/applications/fields.ts'
import { useFreshCheck } from '../../../check/use-fresh-check.tsx'
import { AskSecondPerson } from '../../requests/ask-second-person.tsx'
import { Facts } from '../facts.tsx'
import { SecretPage } from '../secret-page.tsx'
import { faultsOfDraft } from './check-draft.ts'
import { answers, home, takesCodes } from './steps.ts'

/** All that was written of a new application, before it is added. */
export const Answers = ({ draft, apis }: { draft: Draft; apis: readonly DefineApi[] }) => {
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const [made, setMade] = useState<RegisteredClient>()
  const [asking, setAsking] = useState(false)
  const task = useTask()
  const check = useFreshCheck(task, 'you add an application', '/desk/applications')
  const add = () =>
    check.run(async () => {
      const faults = await faultsOfDraft(draft)
      setErrors(faults)
      if (faults.length > 0) return
      try {
        setMade(await call('POST /api/desk/clients', { ...draft }))
      } catch (thrown) {
        if (asTrouble(thrown).code !== 'second_person_needed') throw thrown
        setAsking(true)
      }
    })
  const asksAll = takesCodes(draft) && !draft.metadata.scope
  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  if (made) return <SecretPage title={`${made.name} is added`} id={made.id} secret={made.secret} />
  if (asking) return <AskSecondPerson kind="add-client" asked={draft} back={answers} />
  return (
    <Page title="Check your answers" hasErrors={errors.length > 0} before={<ErrorsSummary errors={errors} />}>
      <p>
        What you did not choose is set to what is safe
        {asksAll && ', except for one thing: it may ask for everything about people'}. You can change all of it.
      </p>
      <Facts draft={draft} apis={apis} hrefOf={(field) => `${home}/change/${field}`} />
      {!draft.metadata.sandbox && <p>People will work with it. So a second person has to agree before it is added.</p>}
      <Button busy={task.busy} onPress={add}>
        {draft.metadata.sandbox ? 'Add the application' : 'Continue'}
      </Button>
      <LineLink href="/desk/applications">Go back without adding it</LineLink>
    </Page>
  )
}
