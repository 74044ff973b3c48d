import type { ClientMetadata } from '@fobwatch/contracts'
import { post } from '../oidc/code-flow.testing.ts'
import { issuer, registerClient, type TestService } from '../service.testing.ts'

const secret = 'a-secret-for-tests-and-for-nothing-else'

/** Registers an application that comes as itself for one of the service's own APIs. */
export const registerOwn = async (
  service: TestService,
  id: string,
  api: 'scim' | 'directory',
  metadata: ClientMetadata = {},
): Promise<void> => {
  await registerClient(service, {
    id,
    name: `Test ${id}`,
    secret,
    metadata: { grant_types: ['client_credentials'], token_endpoint_auth_method: 'client_secret_post', ...metadata },
    apis: [{ resource: `${issuer}/${api}`, name: api, scopes: [api] }],
  })
}

/** Gets an application an access token for itself. */
export const tokenOf = async (
  service: Pick<TestService, 'app'>,
  client_id: string,
  { dpop, ...parameters }: { dpop?: string; scope?: string; resource?: string } = {},
): Promise<string> => {
  const asked = { grant_type: 'client_credentials', client_id, client_secret: secret, ...parameters }
  const { status, body } = await post(service, '/token', asked, dpop ? { dpop } : {})
  if (status !== 200) throw new Error(`No token: ${JSON.stringify(body)}`)
  return String(body['access_token'])
}
