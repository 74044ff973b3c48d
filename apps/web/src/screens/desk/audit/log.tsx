import { useState } from 'preact/hooks'
import { useSearchParams } from 'wouter-preact'
import { call } from '../../../api.ts'
import { LineLink } from '../../../parts/buttons.tsx'
import { ErrorsSummary, type FieldError } from '../../../parts/fields.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'
import { useSession } from '../../../session.tsx'
import { addressOf, askedIn, searchOf } from './asked.ts'
import { Entries } from './entries.tsx'
import { Filters } from './filters.tsx'

/** Nobody of that number, or somebody whom this person does not look after: which of both is not said. */
const nobody: FieldError = { field: 'person', message: 'We cannot find anybody with this user number for you' }

const None = () => (
  <>
    <h2 class="nhsuk-heading-m">Nobody found</h2>
    <p>{nobody.message}. Check the number, or leave it empty.</p>
  </>
)

/** The log: what is looked for, and what was found. */
export const Log = () => {
  const [params] = useSearchParams()
  const asked = askedIn(params)
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const { session } = useSession()
  const found = useFetched(addressOf(asked), () => call('GET /api/desk/audit', searchOf(asked)))
  const isNobody = found.trouble?.code === 'not_found'

  if (found.trouble && !isNobody) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  return (
    <Page title="Log" hasErrors={errors.length > 0} before={<ErrorsSummary errors={errors} />}>
      <p>Everything that was done here, and by whom. That you look is in the log too.</p>
      {session?.desk.includes('export-audit') && <LineLink href="/desk/audit/export">Make a copy of the log</LineLink>}
      <Filters asked={asked} errors={errors} onErrors={setErrors} />
      {isNobody && <None />}
      {!isNobody && !found.value && <Loading />}
      {found.value && <Entries page={found.value} asked={asked} />}
    </Page>
  )
}
