import type { ImportTally } from '@fobwatch/contracts'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { Page } from '../../../parts/page.tsx'
import { SummaryList } from '../../../parts/summary-list.tsx'
import { Faults } from './faults.tsx'
import { peopleWords, rowWords } from './words.ts'

interface Props {
  name: string
  preview: ImportTally
  busy: boolean
  onAdd: () => unknown
}

const titleOf = ({ new: added, faulty }: ImportTally): string => {
  if (faulty > 0) return `${rowWords(faulty)} cannot be added`
  return added === 0 ? 'There is nobody new in this file' : `${peopleWords(added)} would be added`
}

const labelOf = ({ new: added, faulty }: ImportTally): string =>
  faulty > 0 ? `Add ${peopleWords(added)} and leave out the rest` : `Add ${peopleWords(added)}`

/** What would become of a file, before anybody is added. */
export const LookThrough = ({ name, preview, busy, onAdd }: Props) => (
  <Page title={titleOf(preview)}>
    <SummaryList
      rows={[
        { key: 'File', value: name },
        { key: 'Would be added', value: peopleWords(preview.new) },
        { key: 'Here already', value: `${peopleWords(preview.known)}, left as they are` },
        { key: 'Cannot be added', value: rowWords(preview.faulty) },
      ]}
    />
    {preview.faults.length > 0 && <Faults faults={preview.faults} />}
    {preview.new > 0 && (
      <>
        <p>
          A file proves nobody’s identity. Check each person’s documents at the desk before they need more than the
          lowest level.
        </p>
        <Button busy={busy} onPress={onAdd} kind={preview.faulty > 0 ? 'secondary' : undefined}>
          {labelOf(preview)}
        </Button>
        {busy && <p role="status">Adding people. This can take a minute. Keep this page open.</p>}
      </>
    )}
    <LineLink href="/desk/import">Choose another file</LineLink>
  </Page>
)
