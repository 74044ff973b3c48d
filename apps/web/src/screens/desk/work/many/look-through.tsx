import type { AssignmentsPreview } from '@fobwatch/contracts'
import { Button, LineLink } from '../../../../parts/buttons.tsx'
import { Page } from '../../../../parts/page.tsx'
import { SummaryList } from '../../../../parts/summary-list.tsx'
import { RowsAtFault } from './rows-at-fault.tsx'
import { rolesWords } from './words.ts'

interface Props {
  name: string
  preview: AssignmentsPreview
  busy: boolean
  onGive: () => unknown
}

const titleOf = ({ counts }: AssignmentsPreview): string => {
  if (counts.fault > 0) return `${rolesWords(counts.fault)} cannot be given`
  return counts.new === 0 ? 'There is nothing new in this file' : `${rolesWords(counts.new)} would be given`
}

/** What would become of a file, before anything is given. */
export const LookThroughRoles = ({ name, preview, busy, onGive }: Props) => {
  const { counts } = preview
  return (
    <Page title={titleOf(preview)}>
      <SummaryList
        rows={[
          { key: 'File', value: name },
          { key: 'Would be given', value: rolesWords(counts.new) },
          { key: 'There already', value: `${rolesWords(counts.there)}, left as they are` },
          { key: 'Cannot be given', value: rolesWords(counts.fault) },
        ]}
      />
      <RowsAtFault rows={preview.rows} />
      {counts.new > 0 && (
        <>
          <Button busy={busy} onPress={onGive} kind={counts.fault > 0 ? 'secondary' : undefined}>
            {counts.fault > 0
              ? `Give ${rolesWords(counts.new)} and leave out the rest`
              : `Give ${rolesWords(counts.new)}`}
          </Button>
          {busy && <p role="status">Giving roles. This can take a minute. Keep this page open.</p>}
        </>
      )}
      <LineLink href="/desk/work/roles">Choose another file</LineLink>
    </Page>
  )
}
