import type { NewClient } from '#clients'

/**
 * The sample ward application as a client. It is a public one: it starts without any secret to hand over, and PKCE
 * protects its codes.
 * @param origin where it is served
 */
export const wardList = (origin: string): NewClient => ({
  id: 'ward-list',
  name: 'Ward list',
  metadata: {
    redirect_uris: [`${origin}/callback`],
    post_logout_redirect_uris: [`${origin}/`],
    token_endpoint_auth_method: 'none',
    backchannel_logout_uri: `${origin}/backchannel-logout`,
    backchannel_logout_session_required: true,
  },
  apis: [{ resource: `${origin}/api`, name: 'Ward list', scopes: ['patients.read'] }],
})
