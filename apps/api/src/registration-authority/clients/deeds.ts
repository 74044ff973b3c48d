import type { Deps } from '../deps.ts'
import {
  addClientSecret,
  defineApi,
  endClientSecret,
  registerClient,
  replaceClient,
  setClientDisabled,
} from './change-clients.ts'

/** What is done about applications, at the desk and by command. */
export const clientDeeds = (deps: Deps) => ({
  registerClient: registerClient(deps),
  replaceClient: replaceClient(deps),
  disableClient: setClientDisabled(deps, true),
  enableClient: setClientDisabled(deps, false),
  addClientSecret: addClientSecret(deps),
  endClientSecret: endClientSecret(deps),
  defineApi: defineApi(deps),
})

export type ClientDeeds = ReturnType<typeof clientDeeds>
