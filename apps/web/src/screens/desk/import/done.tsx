import type { ImportTally } from '@fobwatch/contracts'
import { Link } from 'wouter-preact'
import { LineLink } from '../../../parts/buttons.tsx'
import { Page } from '../../../parts/page.tsx'
import { ToGiveRoles } from '../work/many/to-give-roles.tsx'
import { Faults } from './faults.tsx'
import { peopleWords, rowWords } from './words.ts'

const Added = ({ people }: { people: NonNullable<ImportTally['added']> }) => (
  <ul class="fobwatch-results">
    {people.map(({ staffId, name }) => (
      <li class="fobwatch-result" key={staffId}>
        <Link class="fobwatch-line__link" href={`/desk/people/${staffId}`}>
          {name}
        </Link>
        <br />
        User number {staffId}
      </li>
    ))}
  </ul>
)

/** What became of a file. */
export const DonePage = ({ tally }: { tally: ImportTally }) => (
  <Page title={tally.new === 1 ? '1 person is added' : `${peopleWords(tally.new)} are added`}>
    <p>
      {peopleWords(tally.known)} {tally.known === 1 ? 'was' : 'were'} here already. {rowWords(tally.faulty)}{' '}
      {tally.faulty === 1 ? 'was' : 'were'} left out.
    </p>
    {tally.faults.length > 0 && (
      <>
        <p>Put these right in the file, and send it again. Nobody is added twice.</p>
        <Faults faults={tally.faults} />
      </>
    )}
    <Added people={tally.added ?? []} />
    <p>They have no position and no way to log in yet.</p>
    <ToGiveRoles />
    <LineLink href="/desk">Find a person</LineLink>
    <LineLink href="/desk/import">Bring in more</LineLink>
  </Page>
)
