import type { DeskProfile } from '@fobwatch/contracts'
import { LineLink } from '../../../parts/buttons.tsx'
import { SummaryList } from '../../../parts/summary-list.tsx'
import { dayWords } from '../../../words/dates.ts'
import { documentNames, methodNames } from '../../../words/people.ts'

const provedWords = ({ how, provedBy, provedAt }: DeskProfile['identity']) =>
  provedAt && how
    ? `${methodNames[how]}, on ${dayWords(provedAt)}${provedBy ? `, by ${provedBy}` : ''}`
    : 'Nobody looked at documents yet'

const highest = 3

/** How well who somebody is was proved, and by what. */
export const IdentitySection = ({ profile }: { profile: DeskProfile }) => {
  const { staffId, identity, may, standing } = profile
  return (
    <>
      <h2 class="nhsuk-heading-m">Identity</h2>
      <SummaryList
        rows={[
          { key: 'Level', value: `Level ${identity.level}` },
          { key: 'Checked', value: provedWords(identity) },
        ]}
      />
      {identity.evidence.length > 0 && (
        <ul>
          {identity.evidence.map((shown) => (
            <li key={`${shown.document} ${shown.provedAt}`}>
              {documentNames[shown.document]}
              {shown.numberEnd && `, number ending ${shown.numberEnd}`}, in the name of {shown.nameOnDocument}
            </li>
          ))}
        </ul>
      )}
      {may.prove === 'yes' && standing.status === 'active' && identity.level < highest && (
        <LineLink href={`/desk/people/${staffId}/identity`}>Raise the identity level</LineLink>
      )}
    </>
  )
}
