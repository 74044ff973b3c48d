import type { AuthenticatorPolicy, PolicyAtPlace, PolicyPreview } from '@fobwatch/contracts'
import { Link } from 'wouter-preact'
import { Button, LineLink } from '../../../parts/buttons.tsx'
import { Page } from '../../../parts/page.tsx'
import { SummaryList } from '../../../parts/summary-list.tsx'
import { useSession } from '../../../session.tsx'
import { placeHref } from '../../../words/place-of-rules.ts'
import { type Demand, demandNames, demandWords } from '../../../words/policies.ts'

interface Props {
  place: PolicyAtPlace
  demand: Demand
  policy: AuthenticatorPolicy
  preview: PolicyPreview
  /** Whether the number is another than when they looked before. */
  again: boolean
  busy: boolean
  onSave: () => unknown
}

const titleOf = (count: number): string => {
  if (count === 0) return 'This locks nobody out'
  return count === 1 ? 'This locks 1 person out' : `This locks ${count} people out`
}

const Who = ({ preview: { count, lockedOut } }: Pick<Props, 'preview'>) => {
  const mayFind = useSession().session?.desk.includes('find-person')
  return (
    <>
      <h2 class="nhsuk-heading-m">Who cannot log in any more</h2>
      <ul>
        {lockedOut.map(({ staffId, name }) => (
          <li key={staffId}>
            {mayFind ? <Link href={`/desk/people/${staffId}`}>{name}</Link> : name}, user number {staffId}
          </li>
        ))}
      </ul>
      {count > lockedOut.length && <p>And {count - lockedOut.length} more.</p>}
    </>
  )
}

/** Whom a change locks out, by name, before it is saved. */
export const LockedOutPage = ({ place, demand, policy, preview, again, busy, onSave }: Props) => {
  const { count } = preview
  const label = demandNames[demand]
  return (
    <Page title={titleOf(count)}>
      {again && (
        <div class="nhsuk-inset-text">
          <p>The number has changed since you looked. Nothing is saved yet. Look at who it is now.</p>
        </div>
      )}
      <SummaryList
        rows={[
          { key: label, value: demandWords(demand, policy, place.models) },
          { key: 'Until now', value: demandWords(demand, place.policy, place.models) },
          { key: 'For', value: place.scope === 'service' ? 'Everybody' : place.name },
        ]}
      />
      {count === 0 ? (
        <p>Everybody who can log in now still can.</p>
      ) : (
        <>
          <p>
            Give them another way to log in first, if they need one. Then come back and check again.
            {place.scope === 'client' && ' They can still log in to other applications.'}
          </p>
          <Who preview={preview} />
        </>
      )}
      <p>People who are logged in now stay so. The rule is met at their next log in.</p>
      <Button kind={count === 0 ? undefined : 'warning'} busy={busy} onPress={onSave}>
        {count === 0
          ? 'Save this rule'
          : count === 1
            ? 'Save it and lock 1 person out'
            : `Save it and lock ${count} people out`}
      </Button>
      <LineLink href={placeHref(place)}>Go back without changing it</LineLink>
    </Page>
  )
}
