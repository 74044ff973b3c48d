import type { DeskAnchor } from '@fobwatch/contracts'
import { Link } from 'wouter-preact'
import { call } from '../../../../api.ts'
import { SuccessBanner } from '../../../../parts/banner.tsx'
import { ButtonLink, LineLink } from '../../../../parts/buttons.tsx'
import { Loading } from '../../../../parts/loading.tsx'
import { Page } from '../../../../parts/page.tsx'
import { SummaryList } from '../../../../parts/summary-list.tsx'
import { TroublePage } from '../../../../parts/trouble-page.tsx'
import type { Done } from '../../../../parts/use-done.ts'
import { useFetched } from '../../../../parts/use-fetched.ts'
import { dayWords } from '../../../../words/dates.ts'

/** What an anchor counts for, as rows of facts. */
export const rowsOfAnchor = (anchor: DeskAnchor) => [
  { key: 'Counts for', value: anchor.organisation ? `The people of ${anchor.organisation.name}` : 'Everybody' },
  {
    key: 'Keys',
    value: anchor.hardware ? 'Kept in hardware, so a strong check is possible' : 'Not known to be kept in hardware',
  },
  { key: 'Devices', value: anchor.platform === 'ios' ? 'iPhones and iPads' : 'Any' },
  { key: 'Certificate', value: anchor.subject },
  { key: 'Valid until', value: dayWords(anchor.validUntil) },
  { key: 'Added', value: dayWords(anchor.addedAt) },
]

const Card = ({ anchor }: { anchor: DeskAnchor }) => (
  <div class="nhsuk-card">
    <div class="nhsuk-card__heading-container">
      <h2 class="nhsuk-card__heading nhsuk-heading-m">{anchor.name}</h2>
      {anchor.mayRemove && (
        <ul class="nhsuk-card__actions">
          <li class="nhsuk-card__action">
            <Link class="nhsuk-link" href={`/desk/policies/anchors/${anchor.id}/remove`}>
              Remove<span class="nhsuk-u-visually-hidden"> {anchor.name}</span>
            </Link>
          </li>
        </ul>
      )}
    </div>
    <div class="nhsuk-card__content">
      <SummaryList rows={rowsOfAnchor(anchor)} lastBorder={false} />
    </div>
  </div>
)

/** The certificates that are trusted to vouch for devices. */
export const AnchorListPage = ({ done }: { done: Done }) => {
  const found = useFetched('anchors', () => call('GET /api/desk/anchors', {}))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  const anchors = found.value?.anchors
  if (!anchors) return <Loading />
  return (
    <Page title="Certificates that vouch for devices" before={<SuccessBanner text={done.text} />}>
      <p>
        A device can prove who made it, or who manages it, by a certificate. We believe makers that the FIDO Alliance
        lists, and the certificates on this page.
      </p>
      {anchors.length === 0 && <p>There are none here.</p>}
      {anchors.map((anchor) => (
        <Card key={anchor.id} anchor={anchor} />
      ))}
      <ButtonLink href="/desk/policies/anchors/new">Add a certificate</ButtonLink>
      <LineLink href="/desk/policies">Rules for logging in</LineLink>
    </Page>
  )
}
