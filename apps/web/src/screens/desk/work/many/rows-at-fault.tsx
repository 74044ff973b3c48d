import type { IntakeRow } from '@fobwatch/contracts'
import { Table } from '../../../../parts/table.tsx'

/** More than anybody reads on a page. */
const most = 100

/** What is wrong with a file, line by line. */
export const RowsAtFault = ({ rows }: { rows: readonly IntakeRow[] }) => {
  const faulty = rows.filter(({ outcome }) => outcome === 'fault')
  if (faulty.length === 0) return null
  return (
    <>
      <h2 class="nhsuk-heading-m">What is wrong</h2>
      <Table<IntakeRow>
        caption="What is wrong, by line"
        rows={faulty.slice(0, most)}
        keyOf={({ row }) => String(row)}
        columns={[
          { heading: 'Line', cell: ({ row }) => row },
          {
            heading: 'User number',
            cell: ({ staffId, person }) => (person ? `${staffId}, ${person}` : staffId || 'Nothing'),
          },
          { heading: 'Why', cell: ({ why }) => why },
        ]}
      />
      {faulty.length > most && <p>And {faulty.length - most} more. Put these right first.</p>}
    </>
  )
}
