import type { KoaContextWithOIDC, Provider } from 'oidc-provider'

type Context = KoaContextWithOIDC['oidc']

/**
 * Lets an application have a refresh token by asking for `offline_access` alone. OpenID Connect Core §11 wants
 * `prompt=consent` with it, or other conditions that permit it: here that is the application's registration, and nobody is
 * asked. Many libraries cannot send a prompt. A silent request (`prompt=none`) gets none, as before.
 */
export const permitOfflineAccess = (provider: Provider): void => {
  const { prototype } = provider.OIDCContext
  const own = Object.getOwnPropertyDescriptor(prototype, 'prompts')?.get
  if (!own) throw new Error('The library keeps its prompts elsewhere')
  Object.defineProperty(prototype, 'prompts', {
    configurable: true,
    get(this: Context): Set<string> {
      const prompts: Set<string> = own.call(this)
      const scope = this.params?.['scope']
      const asksFor = typeof scope === 'string' && scope.split(' ').includes('offline_access')
      return asksFor && !prompts.has('none') ? prompts.add('consent') : prompts
    },
  })
}
