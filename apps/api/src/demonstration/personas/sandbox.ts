import type { NewClient } from '#clients'

/**
 * An application to try one's own code as, before one is registered: whatever runs on this machine may use it. It is a
 * public client with every scope, and for tries only.
 * @param ward where the ward list is served, whose API it may ask tokens for
 */
export const sandbox = (ward: Pick<NewClient, 'apis'>): NewClient => ({
  id: 'sandbox',
  name: 'Sandbox',
  metadata: {
    sandbox: true,
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]/callback'],
    post_logout_redirect_uris: ['http://127.0.0.1/', 'http://[::1]/'],
    grant_types: ['authorization_code', 'refresh_token'],
  },
  apis: ward.apis,
})
