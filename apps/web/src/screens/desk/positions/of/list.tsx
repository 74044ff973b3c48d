import type { DeskAssignment } from '@fobwatch/contracts'
import { Link } from 'wouter-preact'
import { call } from '../../../../api.ts'
import { SuccessBanner } from '../../../../parts/banner.tsx'
import { ButtonLink, LineLink } from '../../../../parts/buttons.tsx'
import { Loading } from '../../../../parts/loading.tsx'
import { Page } from '../../../../parts/page.tsx'
import { TroublePage } from '../../../../parts/trouble-page.tsx'
import type { Done } from '../../../../parts/use-done.ts'
import { useFetched } from '../../../../parts/use-fetched.ts'
import { useSession } from '../../../../session.tsx'
import { dayWords, momentWords } from '../../../../words/dates.ts'

/** When it ends: what ends with a day is said by that day. */
const endWords = (expiresAt: string): string => {
  const end = new Date(expiresAt)
  const endsWithADay = end.getTime() === new Date(end.getFullYear(), end.getMonth(), end.getDate()).getTime()
  return endsWithADay
    ? `last day ${dayWords(new Date(end.getTime() - 1).toISOString())}`
    : `ends at ${momentWords(expiresAt)}`
}

const datesOf = ({ state, startsAt, expiresAt, endedAt }: DeskAssignment): string => {
  if (endedAt) return `Ended at ${momentWords(endedAt)}`
  const from = `${state === 'planned' ? 'Begins' : 'Since'} ${momentWords(startsAt)}`
  if (!expiresAt) return from
  return state === 'over' ? `${from}, ran out at ${momentWords(expiresAt)}` : `${from}, ${endWords(expiresAt)}`
}

const Tags = ({ of: { state, duty } }: { of: DeskAssignment }) => (
  <>
    {duty && <strong class="nhsuk-tag nhsuk-tag--blue">Duty</strong>}{' '}
    {state === 'planned' && <strong class="nhsuk-tag nhsuk-tag--yellow">Planned</strong>}
    {state === 'over' && <strong class="nhsuk-tag nhsuk-tag--grey">Over</strong>}
  </>
)

/** What a person has, and what may be done about each. */
export const AssignmentList = ({ staffId, list }: { staffId: string; list: readonly DeskAssignment[] }) => (
  <ul class="fobwatch-results">
    {list.map((each) => {
      const href = `/desk/positions/of/${staffId}/${each.id}`
      return (
        <li class="fobwatch-result" key={each.id}>
          <strong>{each.position.name}</strong> <Tags of={each} />
          <br />
          {each.organisation.name}
          <br />
          {datesOf(each)}
          <br />
          {each.lastUsedAt ? `Last used at ${momentWords(each.lastUsedAt)}` : 'Not used yet'}
          {each.assignedBy && `. Given by ${each.assignedBy}`}
          {each.mayChange !== 'no' && (
            <div class="fobwatch-result__actions">
              <Link class="fobwatch-line__link" href={`${href}/dates`}>
                Change dates<span class="nhsuk-u-visually-hidden"> of {each.position.name}</span>
              </Link>
              <Link class="fobwatch-line__link" href={`${href}/end`}>
                End it<span class="nhsuk-u-visually-hidden"> ({each.position.name})</span>
              </Link>
            </div>
          )}
        </li>
      )
    })}
  </ul>
)

/** The positions of a person: those that they have or will have, and those that are over. */
export const PositionsOf = ({ staffId, done }: { staffId: string; done: Done }) => {
  const { session } = useSession()
  const person = useFetched(staffId, () => call('GET /api/desk/people/:staffId', { staffId }))
  const found = useFetched(`${staffId} ${done.text}`, () =>
    call('GET /api/desk/people/:staffId/assignments', { staffId }),
  )
  const trouble = person.trouble ?? found.trouble
  if (trouble) return <TroublePage trouble={trouble} onRetry={found.trouble ? found.reload : person.reload} />
  if (!person.value || !found.value) return <Loading />
  const over = found.value.assignments.filter(({ state }) => state === 'over')
  const held = found.value.assignments.filter(({ state }) => state !== 'over')
  return (
    <Page title={`Roles of ${person.value.name}`} before={<SuccessBanner text={done.text} />}>
      {session?.staffId !== staffId && person.value.status !== 'closed' && (
        <ButtonLink href={`/desk/positions/of/${staffId}/add`}>Give a role</ButtonLink>
      )}
      {held.length === 0 ? <p>No role now.</p> : <AssignmentList staffId={staffId} list={held} />}
      {over.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">Roles that are over</h2>
          <AssignmentList staffId={staffId} list={over} />
        </>
      )}
      <LineLink href={`/desk/people/${staffId}`}>Go back to {person.value.name}</LineLink>
    </Page>
  )
}
