import type { StoredPolicy } from '@fobwatch/contracts'
import { Link } from 'wouter-preact'
import { call } from '../../../api.ts'
import { ButtonLink, LineLink } from '../../../parts/buttons.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'
import { placeHref } from '../../../words/place-of-rules.ts'
import { countWords } from '../../../words/policies.ts'

const Places = ({ heading, policies }: { heading: string; policies: readonly StoredPolicy[] }) =>
  policies.length === 0 ? null : (
    <>
      <h2 class="nhsuk-heading-m">{heading}</h2>
      <ul class="fobwatch-results">
        {policies.map((each) => (
          <li class="fobwatch-result" key={`${each.scope} ${each.id}`}>
            <Link class="fobwatch-line__link" href={placeHref(each)}>
              {each.name}
            </Link>
            <br />
            {countWords(each.policy)}
          </li>
        ))}
      </ul>
    </>
  )

const everybody = { scope: 'service', id: 'all' } as const

/** The rules there are, by whose they are. */
export const PolicyListPage = () => {
  const found = useFetched('policies', () => call('GET /api/desk/policies', {}))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  const policies = found.value?.policies
  if (!policies) return <Loading />
  const of = (scope: StoredPolicy['scope']) => policies.filter((each) => each.scope === scope)
  const [service] = of('service')
  return (
    <Page title="Rules for logging in">
      <p>Rules say what people may log in with. Where several hold, a device must meet all of them.</p>
      <p>With no rules, people may use any device that is safe.</p>
      <h2 class="nhsuk-heading-m">Everybody</h2>
      <ul class="fobwatch-results">
        <li class="fobwatch-result">
          <Link class="fobwatch-line__link" href={placeHref(everybody)}>
            Everybody
          </Link>
          <br />
          {countWords(service?.policy ?? {})}
        </li>
      </ul>
      <Places heading="Organisations" policies={of('organisation')} />
      <Places heading="Applications" policies={of('client')} />
      <p class="fobwatch-after">
        <ButtonLink href="/desk/policies/new">Set rules for one place</ButtonLink>
      </p>
      <LineLink href="/desk/policies/anchors">Certificates that vouch for devices</LineLink>
    </Page>
  )
}
