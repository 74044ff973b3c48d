import type { OrganisationInFull } from '@fobwatch/contracts'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { ErrorSummary, type FieldError, Form, TextField } from '../../../parts/fields.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import type { Done } from '../../../parts/use-done.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import type { TroubleCode } from '../../../trouble.ts'
import { useDeed } from '../positions/use-deed.ts'

interface Field {
  id: string
  label: string
  hint?: string
  value: string
  /** What is wrong with a value. */
  fault: (value: string) => string | undefined
}

interface FormProps {
  title: string
  says: string
  button: string
  fields: readonly Field[]
  back: string
  refusals?: Partial<Record<TroubleCode, FieldError>>
  onSave: (values: Record<string, string>) => Promise<unknown>
}

/** A few short answers, and a deed with them. */
const ShortForm = ({ title, says, button, fields, back, refusals = {}, onSave }: FormProps) => {
  const [values, setValues] = useState(Object.fromEntries(fields.map(({ id, value }) => [id, value])))
  const deed = useDeed('you change an organisation', back, refusals)
  const save = () => {
    for (const { id, fault } of fields) {
      const message = fault(values[id]?.trim() ?? '')
      if (message) return deed.setError({ field: id, message })
    }
    const tidy = Object.entries(values).map(([id, value]) => [id, value.trim().replace(/\s+/g, ' ')])
    return deed.run(() => onSave(Object.fromEntries(tidy)))
  }
  if (deed.page) return <>{deed.page}</>
  if (deed.trouble) return <TroublePage trouble={deed.trouble} onRetry={deed.clear} />
  return (
    <Page title={title} hasErrors={deed.error !== undefined} before={<ErrorSummary error={deed.error} />}>
      <p>{says}</p>
      <Form onSubmit={save}>
        {fields.map(({ id, label, hint }) => (
          <TextField
            key={id}
            id={id}
            label={label}
            {...(hint && { hint })}
            value={values[id] ?? ''}
            error={deed.error?.field === id ? deed.error : undefined}
            onInput={(value) => setValues({ ...values, [id]: value })}
          />
        ))}
        <Button type="submit" busy={deed.busy}>
          {button}
        </Button>
      </Form>
      <LineLink href={back}>Go back without doing this</LineLink>
    </Page>
  )
}

const nameFault = (name: string) =>
  name === '' ? 'Enter a name' : name.length > 200 ? 'Name must be 200 characters or less' : undefined
const codeFault = (code: string) =>
  /^[A-Z0-9]{3,12}$/.test(code) ? undefined : 'Enter a code of 3 to 12 capital letters and digits, such as X09'

const nameField = (value = ''): Field => ({ id: 'name', label: 'Name', value, fault: nameFault })

interface PageProps {
  code: string
  done: Done
}

/** A page about an organisation that is there. */
const About = ({ code, children }: { code: string; children: (of: OrganisationInFull) => VNode }) => {
  const found = useFetched(code, () => call('GET /api/desk/organisations/:code', { code }))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  return found.value ? children(found.value) : <Loading />
}

const hrefOf = (code: string) => `/desk/organisations/${code}`

/** Adds an organisation below another. */
export const AddPage = ({ code: parent, done }: PageProps) => (
  <About code={parent}>
    {(of) => (
      <ShortForm
        title={`Add an organisation below ${of.name}`}
        says="Whoever looks after the one above looks after this one too."
        button="Add the organisation"
        fields={[
          { id: 'code', label: 'Code', hint: 'Its ODS code, such as X09', value: '', fault: codeFault },
          nameField(),
        ]}
        back={hrefOf(parent)}
        refusals={{ organisation_taken: { field: 'code', message: 'There is an organisation with this code already' } }}
        onSave={async ({ code = '', name = '' }) => {
          await call('POST /api/desk/organisations', { code, name, parent })
          done.finish(`${name} is added.`, hrefOf(code))
        }}
      />
    )}
  </About>
)

/** Gives an organisation another name. */
export const RenamePage = ({ code, done }: PageProps) => (
  <About code={code}>
    {(of) => (
      <ShortForm
        title={`Change the name of ${of.name}`}
        says="Applications show the new name from the next log in."
        button="Change the name"
        fields={[nameField(of.name)]}
        back={hrefOf(code)}
        onSave={async ({ name = '' }) => {
          await call('PATCH /api/desk/organisations/:code', { code, name })
          done.finish(`It is called ${name} now.`, hrefOf(code))
        }}
      />
    )}
  </About>
)

/** Puts an organisation below another. */
export const MovePage = ({ code, done }: PageProps) => (
  <About code={code}>
    {(of) => (
      <ShortForm
        title={`Move ${of.name}`}
        says="This changes who looks after it, and after everything below it. You must look after where it is and where it goes."
        button="Move it"
        fields={[{ id: 'parent', label: 'Code of the organisation to move it below', value: '', fault: codeFault }]}
        back={hrefOf(code)}
        refusals={{
          organisation_circle: { field: 'parent', message: 'It cannot be moved below itself' },
          organisation_unknown: { field: 'parent', message: 'You do not look after where it is, or where it goes' },
          organisation_closed: { field: 'parent', message: 'That organisation is closed' },
        }}
        onSave={async ({ parent = '' }) => {
          await call('PATCH /api/desk/organisations/:code', { code, parent })
          done.finish(`${of.name} is moved.`, hrefOf(code))
        }}
      />
    )}
  </About>
)

/** Adds a workgroup to an organisation. */
export const AddWorkgroupPage = ({ code, done }: PageProps) => (
  <About code={code}>
    {(of) => (
      <ShortForm
        title={`Add a workgroup at ${of.name}`}
        says="Positions can be in workgroups, which applications see. We give it a number."
        button="Add the workgroup"
        fields={[nameField()]}
        back={hrefOf(code)}
        onSave={async ({ name = '' }) => {
          const made = await call('POST /api/desk/workgroups', { name, organisation: code })
          done.finish(`${name} is added, with the number ${made.code}.`, hrefOf(code))
        }}
      />
    )}
  </About>
)

/** Gives a workgroup another name. */
export const RenameWorkgroupPage = ({ code, group, done }: PageProps & { group: string }) => (
  <About code={code}>
    {(of) => (
      <ShortForm
        title="Change the name of a workgroup"
        says={`At ${of.name}, number ${group}.`}
        button="Change the name"
        fields={[nameField(of.workgroups.find((each) => each.code === group)?.name)]}
        back={hrefOf(code)}
        onSave={async ({ name = '' }) => {
          await call('PATCH /api/desk/workgroups/:code', { code: group, name })
          done.finish(`It is called ${name} now.`, hrefOf(code))
        }}
      />
    )}
  </About>
)
