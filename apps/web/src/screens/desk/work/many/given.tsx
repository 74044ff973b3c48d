import type { AssignmentsPreview } from '@fobwatch/contracts'
import { Button, LineLink } from '../../../../parts/buttons.tsx'
import { Page } from '../../../../parts/page.tsx'
import { saveText } from '../../../../parts/save-as-file.ts'
import { RowsAtFault } from './rows-at-fault.tsx'
import { resultAsCsv, rolesWords } from './words.ts'

/** What became of a file. */
export const RolesGiven = ({ given }: { given: AssignmentsPreview }) => {
  const { counts } = given
  return (
    <Page title={`${rolesWords(counts.new)} given`}>
      <p>
        {rolesWords(counts.there)} {counts.there === 1 ? 'was' : 'were'} there already. {rolesWords(counts.fault)}{' '}
        {counts.fault === 1 ? 'was' : 'were'} left out.
      </p>
      <Button kind="secondary" onPress={() => saveText('roles-given.csv', resultAsCsv(given.rows), 'text/csv')}>
        Save what became of each row
      </Button>
      {counts.fault > 0 && <p>Put these right in the file, and send it again. No role is given twice.</p>}
      <RowsAtFault rows={given.rows} />
      <LineLink href="/desk/work/roles">Give more roles</LineLink>
      <LineLink href="/desk">Find a person</LineLink>
    </Page>
  )
}
