import type { DefineApi } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { call } from '../../../../api.ts'
import { Button, LineLink } from '../../../../parts/buttons.tsx'
import { ErrorsSummary, type FieldError, Form, TextField } from '../../../../parts/fields.tsx'
import { Loading } from '../../../../parts/loading.tsx'
import { Page } from '../../../../parts/page.tsx'
import { TextArea } from '../../../../parts/text-area.tsx'
import { TroublePage } from '../../../../parts/trouble-page.tsx'
import type { Done } from '../../../../parts/use-done.ts'
import { useFetched } from '../../../../parts/use-fetched.ts'
import { useTask } from '../../../../parts/use-task.ts'
import { asTrouble } from '../../../../trouble.ts'
import { fieldOf } from '../../../../words/applications/fields.ts'
import { useFreshCheck } from '../../../check/use-fresh-check.tsx'
import { NotFound } from '../../../not-found/index.tsx'

const list = '/desk/applications/apis'

const labels: Record<string, string> = { name: 'Name', resource: 'Address', scopes: 'Scopes' }

const wordsIn = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')

const isScope = (word: string) => /^[!#-[\]-~]{1,100}$/.test(word)

const faultsOf = ({ name, resource, scopes }: DefineApi): FieldError[] => {
  const faults: [boolean, string, string][] = [
    [name === '', 'name', 'Enter a name'],
    [name.length > 80, 'name', 'Name must be 80 characters or less'],
    [resource === '', 'resource', 'Enter the address'],
    [/[^!-~]/.test(resource) || resource.length > 500, 'resource', 'Address must have no spaces or accents'],
    [!scopes.every(isScope), 'scopes', 'Scopes must be letters, digits and signs, one on each line'],
    [new Set(scopes).size < scopes.length, 'scopes', 'Scopes has the same twice'],
  ]
  return faults.filter(([wrong]) => wrong).map(([, field, message]) => ({ field, message }))
}

interface Props {
  api: DefineApi | undefined
  /** Addresses of those that there are. */
  taken: readonly string[]
  done: Done
}

const Edit = ({ api, taken, done }: Props) => {
  const [name, setName] = useState(api?.name ?? '')
  const [resource, setResource] = useState(api?.resource ?? '')
  const [scopes, setScopes] = useState((api?.scopes ?? []).join('\n'))
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const task = useTask()
  const check = useFreshCheck(task, 'you change an API', list)
  const errorOf = (field: string) => errors.find((error) => error.field === field)
  const save = () => {
    const written = { name: name.trim(), resource: resource.trim(), scopes: wordsIn(scopes) }
    const isTaken = !api && taken.includes(written.resource)
    const faults = [
      ...faultsOf(written),
      ...(isTaken ? [{ field: 'resource', message: 'There is an API with this address already' }] : []),
    ]
    setErrors(faults)
    if (faults.length > 0) return
    return check.run(async () => {
      try {
        await call('POST /api/desk/apis', written)
      } catch (thrown) {
        const trouble = asTrouble(thrown)
        if (trouble.code !== 'client_invalid') throw thrown
        const asError = (field: string, why: string) => ({ field, message: `${labels[field] ?? field} ${why}` })
        return setErrors(trouble.faults.map((fault) => asError(fieldOf(fault), fault.why)))
      }
      done.finish(api ? `${written.name} is changed.` : `${written.name} is added.`, list)
    })
  }
  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  return (
    <Page
      title={api ? `Change ${api.name}` : 'Add an API'}
      hasErrors={errors.length > 0}
      before={<ErrorsSummary errors={errors} />}
    >
      <Form onSubmit={save}>
        <TextField id="name" label="Name" value={name} error={errorOf('name')} onInput={setName} />
        {api ? (
          <p>
            Address: <span class="fobwatch-breakable">{api.resource}</span>
          </p>
        ) : (
          <TextField
            id="resource"
            label="Address"
            hint="Its resource indicator, such as https://lab.example.org/api. It cannot be changed later."
            value={resource}
            error={errorOf('resource')}
            onInput={setResource}
          />
        )}
        <TextArea
          id="scopes"
          label="Scopes"
          hint="What tokens for it can allow, one on each line, such as results.read."
          value={scopes}
          error={errorOf('scopes')}
          onInput={setScopes}
        />
        {api && <p>A scope that you take away is in no new token.</p>}
        <Button type="submit" busy={task.busy}>
          Save
        </Button>
      </Form>
      <LineLink href={list}>Go back without saving</LineLink>
    </Page>
  )
}

/** Adds an API, or changes its name and its scopes. */
export const EditApi = ({ resource, done }: { resource: string | undefined; done: Done }) => {
  const found = useFetched('apis', () => call('GET /api/desk/apis', {}))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value) return <Loading />
  const api = found.value.apis.find((each) => each.resource === resource)
  const taken = found.value.apis.map((each) => each.resource)
  return resource !== undefined && !api ? <NotFound /> : <Edit {...{ api, taken, done }} />
}
