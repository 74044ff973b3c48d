import { useState } from 'preact/hooks'
import { call } from '../../../../api.ts'
import { Button, LineLink } from '../../../../parts/buttons.tsx'
import { ChooseOne } from '../../../../parts/choices.tsx'
import { ErrorSummary, type FieldError, Form } from '../../../../parts/fields.tsx'
import { Loading } from '../../../../parts/loading.tsx'
import { Page } from '../../../../parts/page.tsx'
import { TroublePage } from '../../../../parts/trouble-page.tsx'
import { useFetched } from '../../../../parts/use-fetched.ts'
import { useTask } from '../../../../parts/use-task.ts'
import { asTrouble } from '../../../../trouble.ts'
import { useFreshCheck } from '../../../check/use-fresh-check.tsx'
import { hrefOf } from '../one.tsx'
import { SecretPage } from '../secret-page.tsx'

const day = 86_400
const overlaps = [
  { value: String(7 * day), label: 'In a week', hint: 'Time to bring the new one into use.' },
  { value: String(day), label: 'In a day' },
  { value: String(30 * day), label: 'In 30 days' },
  { value: '0', label: 'Now', hint: 'If somebody else may know it. The application stops until it has the new one.' },
]

const refused: Partial<Record<string, string>> = {
  client_secrets_full: 'It has 5 secrets already. End one first',
  client_without_secrets: 'This application does not use secrets',
}

/** Makes another secret for an application, and shows it once. */
export const AddSecretPage = ({ id }: { id: string }) => {
  const found = useFetched(id, () => call('GET /api/desk/clients/:id', { id }))
  const [overlap, setOverlap] = useState(overlaps[0]?.value)
  const [secret, setSecret] = useState<string>()
  const [error, setError] = useState<FieldError>()
  const task = useTask()
  const check = useFreshCheck(task, 'you make a secret', hrefOf(id))
  const make = () =>
    check.run(async () => {
      setError(undefined)
      try {
        const input = { id, overlapSeconds: Number(overlap) }
        setSecret((await call('POST /api/desk/clients/:id/secrets', input)).secret)
      } catch (thrown) {
        const message = refused[asTrouble(thrown).code]
        if (!message) throw thrown
        setError({ field: 'overlap', message })
      }
    })
  if (check.page) return <>{check.page}</>
  const trouble = found.trouble ?? task.trouble
  if (trouble) return <TroublePage trouble={trouble} onRetry={found.trouble ? found.reload : task.clear} />
  if (!found.value) return <Loading />
  const { name, secrets } = found.value
  if (secret) return <SecretPage title={`New secret for ${name}`} id={id} secret={secret} />
  return (
    <Page
      title={`Make another secret for ${name}`}
      hasErrors={error !== undefined}
      before={<ErrorSummary error={error} />}
    >
      <Form onSubmit={make}>
        {secrets.length > 0 && (
          <ChooseOne
            id="overlap"
            legend={secrets.length === 1 ? 'When does the secret of now end?' : 'When do the secrets of now end?'}
            options={overlaps}
            value={overlap}
            error={error}
            onChange={setOverlap}
          />
        )}
        <Button type="submit" busy={task.busy}>
          Make a secret
        </Button>
      </Form>
      <LineLink href={hrefOf(id)}>Go back without making one</LineLink>
    </Page>
  )
}
