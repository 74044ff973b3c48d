import type { Fault } from '@fobwatch/contracts'
import { isThisMachine, Refusal, type Transaction } from '#kernel'
import type { ClientDeps } from '../deps.ts'
import { when } from '../registration/rules.ts'
import type { Api } from '../store.ts'

/** What is wrong with a resource indicator (RFC 8707 §2), which is the audience of its tokens. */
const whyNotResource = (resource: string): string | undefined => {
  const url = URL.parse(resource)
  if (!url) return 'must be an absolute address, or a URN'
  if (resource.includes('#')) return 'must have no fragment'
  if (resource.includes('?')) return 'must have no query'
  if (url.username !== '' || url.password !== '') return 'must have no user name in it'
  const isWeb = url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url.hostname))
  return isWeb || url.protocol === 'urn:' ? undefined : 'must begin with https:// or urn:'
}

/**
 * Defines an API that access tokens can be issued for, or changes it. Which clients may call it is theirs to be registered
 * with.
 * @throws Refusal `client_invalid` with every fault at once
 */
export const defineApi =
  ({ store, scopes: reserved, ownApis }: Pick<ClientDeps, 'store' | 'scopes' | 'ownApis'>) =>
  async (tx: Transaction, api: Api): Promise<void> => {
    const why = whyNotResource(api.resource)
    const faults: Fault[] = [
      ...when(why !== undefined, 'resource', why ?? ''),
      ...when(
        ownApis.some(({ resource }) => resource === api.resource),
        'resource',
        'is an API of the service itself',
      ),
      ...api.scopes.flatMap((scope, at) =>
        when(reserved.includes(scope), `scopes[${at}]`, 'is a scope of OpenID Connect'),
      ),
    ]
    const sentences = faults.map((each) => `${each.field} ${each.why}.`)
    if (faults.length > 0) throw new Refusal('client_invalid', undefined, sentences, faults)
    await store.saveApi(tx, api)
  }
