/**
 * The ward: its patients, an API that gives them to whoever has a good access token, and pages that call that API.
 * Invariant: what the list and a record need is decided in `rules.ts`, on the claims of a verified access token, and by
 * the API alone; a page shows what the API gave, why it refused, or how to log in for it.
 */
export { wardApi } from './api.ts'
export { createWardClient } from './client.ts'
export { wardRoutes } from './routes.ts'
