import { useMemo, useState } from 'preact/hooks'
import { call } from '../../../../api.ts'
import { Button, LineLink } from '../../../../parts/buttons.tsx'
import { ChooseOne } from '../../../../parts/choices.tsx'
import { ErrorsSummary, type FieldError, Form, TextField } from '../../../../parts/fields.tsx'
import { Page } from '../../../../parts/page.tsx'
import { TextArea } from '../../../../parts/text-area.tsx'
import { TroublePage } from '../../../../parts/trouble-page.tsx'
import type { Done } from '../../../../parts/use-done.ts'
import { useTask } from '../../../../parts/use-task.ts'
import { asTrouble } from '../../../../trouble.ts'
import { useFreshCheck } from '../../../check/use-fresh-check.tsx'

const list = '/desk/policies/anchors'

const forWhom = [
  { value: 'organisation', label: 'The people of one organisation', hint: 'And of those below it.' },
  { value: 'everybody', label: 'Everybody' },
]
const yesOrNo = [
  { value: 'yes', label: 'Yes', hint: 'I know how this authority issues certificates.' },
  { value: 'no', label: 'No, or I am not sure' },
]
const platforms = [
  { value: 'ios', label: 'iPhones and iPads only' },
  { value: 'any', label: 'Any' },
]

const empty = { name: '', certificate: '', whom: '', organisation: '', hardware: '', platform: '' }
type Written = typeof empty

const faultsOf = (written: Written): FieldError[] => {
  const faults: [boolean, keyof Written, string][] = [
    [written.name.trim() === '', 'name', 'Enter a name'],
    [written.name.trim().length > 80, 'name', 'Name must be 80 characters or less'],
    [written.certificate.trim() === '', 'certificate', 'Paste the certificate'],
    [written.whom === '', 'whom', 'Select for whom it counts'],
    [
      written.whom === 'organisation' && written.organisation.trim() === '',
      'organisation',
      'Enter the code of the organisation',
    ],
    [written.hardware === '', 'hardware', 'Select whether keys are kept in hardware'],
    [written.platform === '', 'platform', 'Select which devices it is for'],
  ]
  return faults.filter(([wrong]) => wrong).map(([, field, message]) => ({ field, message }))
}

/** What the service says of what was written, beside its field. */
const refusedWith = (thrown: unknown): FieldError => {
  const { code, reasons } = asTrouble(thrown)
  if (code === 'invalid_request')
    return { field: 'certificate', message: reasons[0] ?? 'This is not a certificate that we can read' }
  if (code === 'not_found') return { field: 'organisation', message: 'We do not know this code' }
  if (code === 'not_allowed') return { field: 'whom', message: 'You may not set the rules there' }
  throw thrown
}

const useAdding = (done: Done) => {
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const task = useTask()
  const check = useFreshCheck(task, 'you add a certificate', list)
  const add = (written: Written) => {
    const faults = faultsOf(written)
    setErrors(faults)
    if (faults.length > 0) return
    return check.run(async () => {
      try {
        await call('POST /api/desk/anchors', {
          name: written.name.trim(),
          certificate: written.certificate.trim(),
          organisation: written.whom === 'organisation' ? written.organisation.trim().toUpperCase() : null,
          hardware: written.hardware === 'yes',
          platform: written.platform === 'ios' ? 'ios' : null,
        })
      } catch (thrown) {
        return setErrors([refusedWith(thrown)])
      }
      done.finish(`“${written.name.trim()}” is added. It counts for devices that are set up from now on.`, list)
    })
  }
  return { errors, task, check, add }
}

/** Trusts a certificate to vouch for devices. */
export const AddAnchorPage = ({ done }: { done: Done }) => {
  const [written, setWritten] = useState(empty)
  const { errors, task, check, add } = useAdding(done)
  const write = (field: keyof Written) => (value: string) => setWritten((before) => ({ ...before, [field]: value }))
  const byField = useMemo(() => new Map(errors.map((error) => [error.field, error])), [errors])
  const part = (id: keyof Written) => ({ id, value: written[id], error: byField.get(id) })

  if (check.page) return <>{check.page}</>
  if (task.trouble) return <TroublePage trouble={task.trouble} onRetry={task.clear} />
  return (
    <Page title="Add a certificate" hasErrors={errors.length > 0} before={<ErrorsSummary errors={errors} />}>
      <div class="nhsuk-inset-text">
        <p>Whoever holds the key of this authority can make any device look like one of its own. Be sure of it.</p>
      </div>
      <Form onSubmit={() => add(written)}>
        <TextField {...part('name')} label="Name" hint="Such as “Trust iPads”." onInput={write('name')} />
        <TextArea
          {...part('certificate')}
          label="Certificate of the authority"
          hint="In PEM. It begins with -----BEGIN CERTIFICATE-----."
          onInput={write('certificate')}
        />
        <ChooseOne {...part('whom')} legend="For whom does it count?" options={forWhom} onChange={write('whom')} />
        {written.whom === 'organisation' && (
          <TextField
            {...part('organisation')}
            label="Code of the organisation"
            hint="Its ODS code, such as ABC01."
            onInput={write('organisation')}
          />
        )}
        <ChooseOne
          {...part('hardware')}
          legend="Do its devices keep their keys in hardware?"
          hint="Only then do they give a strong check."
          options={yesOrNo}
          onChange={write('hardware')}
        />
        <ChooseOne
          {...part('platform')}
          legend="Which devices is it for?"
          options={platforms}
          onChange={write('platform')}
        />
        <Button type="submit" busy={task.busy}>
          Add the certificate
        </Button>
      </Form>
      <LineLink href={list}>Go back without adding it</LineLink>
    </Page>
  )
}
