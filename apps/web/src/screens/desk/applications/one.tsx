import type { ClientSecret, DeskClient } from '@fobwatch/contracts'
import { Link } from 'wouter-preact'
import { call } from '../../../api.ts'
import { SuccessBanner } from '../../../parts/banner.tsx'
import { ButtonLink, LineLink } from '../../../parts/buttons.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import type { Done } from '../../../parts/use-done.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import type { FieldName } from '../../../words/applications/fields.ts'
import { momentWords } from '../../../words/dates.ts'
import { Facts } from './facts.tsx'
import { ApplicationTags } from './list.tsx'

/** An application, and the APIs that there are. */
export const applicationAndApis = async (id: string) => {
  const [client, { apis }] = await Promise.all([
    call('GET /api/desk/clients/:id', { id }),
    call('GET /api/desk/apis', {}),
  ])
  return { client, apis }
}

/** Where the pages of an application are. */
export const hrefOf = (id: string): string => `/desk/applications/of/${id}`

/** How long a secret lasts, in words. */
export const secretWords = ({ createdAt, endsAt }: ClientSecret): string =>
  `Made at ${momentWords(createdAt)}. ${endsAt ? `Ends at ${momentWords(endsAt)}.` : 'Has no end yet.'}`

const Secrets = ({ client: { id, secrets } }: { client: DeskClient }) => (
  <>
    <h2 class="nhsuk-heading-m">Secrets</h2>
    <p>A secret is shown once, when it is made. We cannot show it again.</p>
    {secrets.length === 0 ? (
      <p>It has none that works.</p>
    ) : (
      <ul class="fobwatch-results">
        {secrets.map((secret, index) => (
          <li class="fobwatch-result" key={secret.id}>
            {secretWords(secret)}
            <br />
            <Link class="fobwatch-line__link" href={`${hrefOf(id)}/secrets/${secret.id}/end`}>
              End it now
              <span class="nhsuk-u-visually-hidden">
                {' '}
                (secret {index + 1} of {secrets.length})
              </span>
            </Link>
          </li>
        ))}
      </ul>
    )}
    <LineLink href={`${hrefOf(id)}/secrets/new`}>Make another secret</LineLink>
  </>
)

const hasSecrets = ({ metadata: { token_endpoint_auth_method: method = 'client_secret_basic' } }: DeskClient) =>
  method.startsWith('client_secret')

/** One application: all that is registered of it, its secrets, and what can be done to it. */
export const ApplicationPage = ({ id, done }: { id: string; done: Done }) => {
  const found = useFetched(id, () => applicationAndApis(id))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  if (!found.value) return <Loading />
  const { client, apis } = found.value
  const isOff = client.status === 'disabled'
  const isFixed = (field: FieldName) => field === 'id' || (field === 'sandbox' && !client.metadata.sandbox)
  const changeHref = (field: FieldName) => (isFixed(field) ? undefined : `${hrefOf(id)}/change/${field}`)
  return (
    <Page title={client.name} before={<SuccessBanner text={done.text} />}>
      <p>
        <ApplicationTags of={{ status: client.status, sandbox: client.metadata.sandbox ?? false }} />
      </p>
      {isOff && (
        <div class="nhsuk-inset-text">
          <p>It is stopped. Nobody can log in to it.</p>
        </div>
      )}
      <p class="nhsuk-body-s">Last changed at {momentWords(client.updatedAt)}.</p>
      <Facts draft={client} apis={apis} hrefOf={changeHref} />
      {hasSecrets(client) && <Secrets client={client} />}
      <h2 class="nhsuk-heading-m">What else you can do</h2>
      <LineLink href={`/desk/policies/client/${id}`}>Rules for what people may log in to it with</LineLink>
      <ButtonLink href={`${hrefOf(id)}/${isOff ? 'start' : 'stop'}`} kind="secondary">
        {isOff ? 'Start it again' : 'Stop it'}
      </ButtonLink>
      <LineLink href="/desk/applications">All applications</LineLink>
    </Page>
  )
}
