import { Link } from 'wouter-preact'
import { call } from '../../../../api.ts'
import { SuccessBanner } from '../../../../parts/banner.tsx'
import { ButtonLink, LineLink } from '../../../../parts/buttons.tsx'
import { Loading } from '../../../../parts/loading.tsx'
import { Page } from '../../../../parts/page.tsx'
import { TroublePage } from '../../../../parts/trouble-page.tsx'
import type { Done } from '../../../../parts/use-done.ts'
import { useFetched } from '../../../../parts/use-fetched.ts'

/** The APIs that tokens can be made for. */
export const ApiListPage = ({ done }: { done: Done }) => {
  const found = useFetched('apis', () => call('GET /api/desk/apis', {}))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  const apis = found.value?.apis
  if (!apis) return <Loading />
  return (
    <Page title="APIs that applications may call" before={<SuccessBanner text={done.text} />}>
      <p>We make tokens for these APIs. Which of them an application may call is part of the application.</p>
      <ul class="fobwatch-results">
        {apis.map(({ resource, name, scopes }) => (
          <li class="fobwatch-result" key={resource}>
            <Link
              class="fobwatch-line__link"
              href={`/desk/applications/apis/edit?resource=${encodeURIComponent(resource)}`}
            >
              {name}
            </Link>
            <br />
            <span class="fobwatch-breakable">{resource}</span>
            <br />
            {scopes.length === 0 ? 'No scopes' : `Scopes: ${scopes.join(', ')}`}
          </li>
        ))}
      </ul>
      {apis.length === 0 && <p>There are none yet.</p>}
      <p class="fobwatch-after">
        <ButtonLink href="/desk/applications/apis/edit">Add an API</ButtonLink>
      </p>
      <LineLink href="/desk/applications">All applications</LineLink>
    </Page>
  )
}
