import type { AuthenticatorKind, SignIns } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { useLocation, useSearchParams } from 'wouter-preact'
import { call } from '../../../api.ts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { Form } from '../../../parts/fields.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { Select } from '../../../parts/select.tsx'
import { Table } from '../../../parts/table.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'
import { levelName } from '../../../words/checks.ts'
import { dayWords } from '../../../words/dates.ts'
import { kindWord } from '../../../words/device.ts'

const periods = ['7', '30', '90', '365'].map((value) => ({ value, label: `The last ${value} days` }))
const day = 86_400_000
const from = (days: string) => new Date(Date.now() - (Number(days) - 1) * day).toISOString().slice(0, 10)
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const kindLabel = (kind: string) =>
  kind === 'unknown' ? 'Not known any more' : capital(kindWord(kind as AuthenticatorKind) ?? kind)

/** How often people logged in, by how sure we were and with what. */
export const SignInsReport = () => {
  const [, navigate] = useLocation()
  const asked = useSearchParams()[0].get('days') ?? '30'
  const days = periods.some(({ value }) => value === asked) ? asked : '30'
  const [chosen, setChosen] = useState(days)
  const found = useFetched(days, () => call('GET /api/desk/reports/sign-ins', { from: from(days) }))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  const report = found.value
  if (!report) return <Loading />
  const total = report.rows.reduce((sum, { count }) => sum + count, 0)
  return (
    <Page title="Log ins">
      <Form onSubmit={() => navigate(`/desk/reports/sign-ins?days=${chosen}`)}>
        <Select id="days" label="When" options={periods} value={chosen} onChange={setChosen} />
        <Button type="submit" kind="secondary">
          Show these
        </Button>
      </Form>
      <p>
        {total.toLocaleString('en-GB')} from {dayWords(`${report.from}T12:00:00Z`)} to{' '}
        {dayWords(`${report.to}T12:00:00Z`)}. Each counts where its person came to work first.
      </p>
      {total > 0 && (
        <Table<SignIns['rows'][number]>
          caption="Log ins by check and device"
          rows={report.rows}
          keyOf={({ level, kind }) => `${level} ${kind}`}
          columns={[
            { heading: 'Device', cell: ({ kind }) => kindLabel(kind) },
            { heading: 'Check', cell: ({ level }) => levelName(level) },
            { heading: 'Log ins', cell: ({ count }) => count.toLocaleString('en-GB') },
          ]}
        />
      )}
      <LineLink href="/desk/reports">All reports</LineLink>
    </Page>
  )
}
