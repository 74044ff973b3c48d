import type { PolicyAtPlace, PolicyPlace } from '@fobwatch/contracts'
import { Link } from 'wouter-preact'
import { call } from '../../../api.ts'
import { SuccessBanner } from '../../../parts/banner.tsx'
import { LineLink } from '../../../parts/buttons.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { SummaryList } from '../../../parts/summary-list.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import type { Done } from '../../../parts/use-done.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import { momentWords } from '../../../words/dates.ts'
import { inSentence } from '../../../words/in-sentence.ts'
import { holdsFor, placeHref, placeWords } from '../../../words/place-of-rules.ts'
import { demandNames, demands, demandWords } from '../../../words/policies.ts'
import { NotFound } from '../../not-found/index.tsx'

const isScope = (word: string): word is PolicyPlace['scope'] => ['service', 'organisation', 'client'].includes(word)

/** A place of rules in the address, or nothing. */
export const placeIn = (scope: string, id: string): PolicyPlace | undefined =>
  isScope(scope) ? { scope, id } : undefined

const rowsOf = (place: PolicyAtPlace) =>
  demands.map((demand) => ({
    key: demandNames[demand],
    value: demandWords(demand, place.policy, place.models),
    ...(place.mayChange && {
      action: (
        <Link class="nhsuk-link" href={`${placeHref(place)}/${demand}`}>
          Change<span class="nhsuk-u-visually-hidden"> {inSentence(demandNames[demand])}</span>
        </Link>
      ),
    }),
  }))

const Above = ({ place }: { place: PolicyAtPlace }) => {
  const holding = place.above.filter(({ policy }) => Object.keys(policy).length > 0)
  if (holding.length === 0) return null
  return (
    <>
      <h2 class="nhsuk-heading-m">What holds here too</h2>
      {holding.map((each) => (
        <div key={`${each.scope} ${each.id}`}>
          <h3 class="nhsuk-heading-s">{placeWords(each)}</h3>
          <SummaryList
            rows={demands
              .filter((demand) => each.policy[demand] !== undefined)
              .map((demand) => ({
                key: demandNames[demand],
                value: demandWords(demand, each.policy, place.models),
              }))}
          />
        </div>
      ))}
    </>
  )
}

const Rules = ({ place, done }: { place: PolicyAtPlace; done: Done }) => (
  <Page title={placeWords(place)} before={<SuccessBanner text={done.text} />}>
    <p>{holdsFor[place.scope]}</p>
    {!place.mayChange && <p>You can see these rules, and somebody else sets them.</p>}
    <SummaryList rows={rowsOf(place)} />
    {place.updatedAt && <p class="nhsuk-body-s">Last changed at {momentWords(place.updatedAt)}.</p>}
    <Above place={place} />
    <LineLink href="/desk/policies">All rules for logging in</LineLink>
  </Page>
)

interface Props {
  scope: string
  id: string
  done: Done
}

/** The rules of one place, in plain words, each with its own page to change it. */
export const PlacePage = ({ scope, id, done }: Props) => {
  const place = placeIn(scope, id)
  const found = useFetched(`${scope} ${id}`, async () => place && call('GET /api/desk/policies/:scope/:id', place))
  if (!place) return <NotFound />
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  return found.value ? <Rules place={found.value} done={done} /> : <Loading />
}
