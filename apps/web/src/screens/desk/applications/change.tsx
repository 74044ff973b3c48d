import type { DefineApi, DeskClient } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { ErrorsSummary, Form } from '../../../parts/fields.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import type { Done } from '../../../parts/use-done.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import { useTask } from '../../../parts/use-task.ts'
import { asTrouble } from '../../../trouble.ts'
import { type Draft, type FieldName, faultWords, fieldOf, fields, isField } from '../../../words/applications/fields.ts'
import { useFreshCheck } from '../../check/use-fresh-check.tsx'
import { NotFound } from '../../not-found/index.tsx'
import { AskSecondPerson } from '../requests/ask-second-person.tsx'
import { FieldEditor } from './field-editor.tsx'
import { applicationAndApis, hrefOf } from './one.tsx'
import { SecretPage } from './secret-page.tsx'
import { useWriting } from './use-writing.ts'

/** Somebody was faster. */
const ApplicationChanged = ({ onLook }: { onLook: () => void }) => (
  <Page title="Somebody else changed this application">
    <p>They did it while you were looking. What you wrote is not saved.</p>
    <p>Look at the application again, then make your change again.</p>
    <Button onPress={onLook}>Look again</Button>
  </Page>
)

interface Props {
  client: DeskClient
  apis: readonly DefineApi[]
  field: FieldName
  done: Done
  onLookAgain: () => void
}

type Came = { to: 'changed' } | { to: 'second-person'; asked: Draft } | { to: 'secret'; secret: string }

const Change = ({ client, apis, field, done, onLookAgain }: Props) => {
  const { id, name, metadata, version } = client
  const writing = useWriting({ id, name, metadata, apis: client.apis })
  const [came, setCame] = useState<Came>()
  const task = useTask()
  const check = useFreshCheck(task, `you change ${name}`, hrefOf(id))

  const refusedWith = (thrown: unknown) => {
    const { code, faults } = asTrouble(thrown)
    if (code === 'client_changed') return setCame({ to: 'changed' })
    if (code === 'second_person_needed') return setCame({ to: 'second-person', asked: writing.draft })
    if (code !== 'client_invalid') throw thrown
    writing.setErrors(faults.map((fault) => ({ field: fieldOf(fault), message: faultWords(fault) })))
  }
  const save = () => {
    const unread = writing.unread()
    writing.setErrors(unread)
    if (unread.length > 0) return
    return check.run(async () => {
      try {
        const made = await call('PUT /api/desk/clients/:id', { ...writing.draft, version })
        if (made.secret) return setCame({ to: 'secret', secret: made.secret })
      } catch (thrown) {
        return refusedWith(thrown)
      }
      done.finish(`“${fields[field].label}” is changed.`, hrefOf(id))
    })
  }
  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  if (came?.to === 'changed') return <ApplicationChanged onLook={onLookAgain} />
  if (came?.to === 'secret') return <SecretPage title={`${name} is changed`} id={id} secret={came.secret} />
  if (came?.to === 'second-person')
    return <AskSecondPerson kind="add-client" asked={{ ...came.asked, version }} back={hrefOf(id)} />
  return (
    <Page
      title={fields[field].label}
      hasErrors={writing.errors.length > 0}
      before={<ErrorsSummary errors={writing.errors} />}
    >
      <p>For {name}.</p>
      <Form onSubmit={save}>
        <FieldEditor
          name={field}
          draft={writing.draft}
          apis={apis}
          error={writing.errorOf(field)}
          onChange={writing.write(field)}
        />
        <Button type="submit" busy={task.busy}>
          Save
        </Button>
      </Form>
      <LineLink href={hrefOf(id)}>Go back without changing it</LineLink>
    </Page>
  )
}

/** Changes one thing about an application. */
export const ChangeField = ({ id, field, done }: { id: string; field: string; done: Done }) => {
  const found = useFetched(id, () => applicationAndApis(id))
  if (!isField(field) || field === 'id') return <NotFound />
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value) return <Loading />
  const { client, apis } = found.value
  return <Change key={client.version} {...{ client, apis, field, done }} onLookAgain={found.reload} />
}
