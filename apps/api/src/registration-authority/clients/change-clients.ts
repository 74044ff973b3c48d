import type {
  AddClientSecret,
  AddedClientSecret,
  ClientRegistration,
  DefineApi,
  DeskClient,
  RegisterClient,
  RegisteredClient,
  ReplaceClient,
} from '@fobwatch/contracts'
import { secretView } from '#clients'
import { visitor } from '#http'
import { isRefusal, Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { requireSecondPerson } from '../requests/index.ts'
import { deedAboutClient, type Operator } from './deed.ts'
import { requireFeedRight } from './feeds.ts'
import { takesTwoPeople } from './widened.ts'

/** Looking asks what names lead to, which takes its time: it is done before the transaction, and its refusal is recorded. */
const looked = async (
  deps: Deps,
  operator: Operator,
  type: 'client-registered' | 'client-changed',
  written: object,
) => {
  try {
    return await deps.clients.lookAt(written)
  } catch (error) {
    if (!isRefusal(error)) throw error
    return deedAboutClient<never>(deps, operator, { type }, () => Promise.reject(error))
  }
}

/**
 * Registers an application.
 * @returns it, with its secret where it proves itself by one: it is shown this once
 * @throws Refusal `client_invalid` with every fault; `client_taken`; `second_person_needed` and `request_not_approved` for
 *   one that people are to work with
 */
export const registerClient =
  (deps: Deps) =>
  async ({ request, ...written }: RegisterClient, operator: Operator): Promise<RegisteredClient> => {
    const registration = await looked(deps, operator, 'client-registered', written)
    return deedAboutClient(deps, operator, { type: 'client-registered', client: registration.id }, async (tx) => {
      await requireFeedRight(deps, tx, operator, {}, registration.metadata)
      await requireAgreement(deps, tx, operator, { before: undefined, asked: registration, request })
      const result = await deps.clients.createClient(tx, registration)
      return { result, details: { version: result.version, fields: Object.keys(registration.metadata).toSorted() } }
    })
  }

interface Agreement {
  before: DeskClient | undefined
  asked: ClientRegistration & { version?: number }
  request: string | undefined
}

/** Whoever has the command line answers for it alone. @throws Refusal as `requireSecondPerson` does */
const requireAgreement = async (
  deps: Deps,
  tx: Transaction,
  operator: Operator,
  { before, asked, request }: Agreement,
): Promise<void> => {
  if (!operator) return
  const deed = { kind: 'add-client', twoPeople: takesTwoPeople(before, asked), asked } as const
  const by = { actor: visitor(operator).personId, visitId: operator.requestId }
  await requireSecondPerson(deps, tx, { ...deed, ...by, requestId: request })
}

/** The parts of a registration that differ. */
const changedFields = (before: DeskClient, after: DeskClient): string[] => {
  const parts = ({ name, apis, metadata }: DeskClient): Record<string, unknown> => ({ name, apis, ...metadata })
  const [was, is] = [parts(before), parts(after)]
  return Object.keys({ ...was, ...is })
    .filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]))
    .toSorted()
}

/**
 * Puts another registration in the place of an application's.
 * @throws Refusal `client_invalid` with every fault; `not_found`; `client_changed` when somebody changed it since;
 *   `second_person_needed` and `request_not_approved` where it comes out of the sandbox or is widened
 */
export const replaceClient =
  (deps: Deps) =>
  async (
    { id, version, request, ...written }: ReplaceClient & { id: string },
    operator: Operator,
  ): Promise<RegisteredClient> => {
    const registration = await looked(deps, operator, 'client-changed', { ...written, id })
    return deedAboutClient(deps, operator, { type: 'client-changed', client: id }, async (tx) => {
      const before = await deps.clients.showClient(id, tx)
      // What it takes is a matter of what is there, and so is what was agreed to.
      if (before.version !== version) throw new Refusal('client_changed')
      await requireFeedRight(deps, tx, operator, before.metadata, registration.metadata)
      await requireAgreement(deps, tx, operator, { before, asked: { ...registration, version }, request })
      const result = await deps.clients.replaceClient(tx, registration, version)
      return { result, details: { version: result.version, fields: changedFields(before, result) } }
    })
  }

/** Disables an application, or enables it. @throws Refusal `not_found` */
export const setClientDisabled =
  (deps: Deps, disabled: boolean) =>
  async ({ id }: { id: string }, operator: Operator): Promise<void> => {
    const type = disabled ? 'client-disabled' : 'client-enabled'
    await deedAboutClient(deps, operator, { type, client: id }, async (tx) => {
      const changed = await deps.clients.setDisabled(tx, id, disabled)
      return { result: undefined, ...(changed && { details: {} }) }
    })
  }

/**
 * Gives an application another secret.
 * @throws Refusal `not_found`; `client_without_secrets`; `client_secrets_full`
 */
export const addClientSecret =
  (deps: Deps) =>
  async ({ id, overlapSeconds }: AddClientSecret & { id: string }, operator: Operator): Promise<AddedClientSecret> =>
    deedAboutClient(deps, operator, { type: 'client-secret-added', client: id }, async (tx) => {
      const { secret, ...row } = await deps.clients.addSecret(tx, id, overlapSeconds)
      return { result: { ...secretView(row), secret }, details: { secret: row.id } }
    })

/** Ends a secret of an application at once. @throws Refusal `not_found` */
export const endClientSecret =
  (deps: Deps) =>
  async ({ id, secretId }: { id: string; secretId: string }, operator: Operator): Promise<void> => {
    await deedAboutClient(deps, operator, { type: 'client-secret-ended', client: id }, async (tx) => {
      await deps.clients.endSecret(tx, id, secretId)
      return { result: undefined, details: { secret: secretId } }
    })
  }

/** Defines an API, or changes its name and its scopes. @throws Refusal `client_invalid` with every fault */
export const defineApi =
  (deps: Deps) =>
  async (api: DefineApi, operator: Operator): Promise<void> => {
    await deedAboutClient(deps, operator, { type: 'api-defined' }, async (tx) => {
      await deps.clients.defineApi(tx, api)
      return { result: undefined, details: { api: api.resource, scopes: api.scopes } }
    })
  }
