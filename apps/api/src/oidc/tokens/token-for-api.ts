import type { KoaContextWithOIDC } from 'oidc-provider'

/** Whether the access token of a request is an API's: its application cannot ask userinfo with it. */
export const isTokenForApi = ({ oidc }: Pick<KoaContextWithOIDC, 'oidc'>): boolean =>
  oidc.entities.AccessToken?.aud !== undefined
