import type { ClientMetadata, ClientRegistration, Fault } from '@fobwatch/contracts'
import { Refusal } from '#kernel'
import type { ClientDeps } from '../deps.ts'
import { addressRule, calledFields } from './addresses.ts'
import { fapiRule, grantRule, limitRule, nameRule } from './demands.ts'
import { feedRule, organisationFaults } from './feeds.ts'
import { keyRule } from './keys.ts'
import { type Rule, when } from './rules.ts'
import { readWritten } from './written.ts'

/** What somebody wrote of a client. */
export interface Written {
  id?: unknown
  name?: unknown
  metadata?: unknown
  apis?: unknown
}

/** The name of the service itself, among those who log people in. */
const reserved = 'fobwatch'

/** A token that a back end has for itself names it where others name a person (RFC 9068 §2.2): it must not look like one. */
const isLikePerson = (id: string): boolean => /^\d+$/.test(id)

const rules: readonly Rule[] = [addressRule, keyRule, grantRule, nameRule, limitRule, fapiRule, feedRule]

type Needs = Pick<
  ClientDeps,
  'store' | 'whyNotCalled' | 'acrValues' | 'scopes' | 'limits' | 'feedApi' | 'findOrganisation'
>

/** Names are looked up at once, so that no number of them takes longer than one. */
const calledFaults = async ({ whyNotCalled }: Needs, metadata: ClientMetadata): Promise<Fault[]> => {
  const looked = calledFields.map(async (field) => {
    const why = metadata[field] === undefined ? undefined : await whyNotCalled(metadata[field])
    return when(why !== undefined, field, why ?? '')
  })
  return (await Promise.all(looked)).flat()
}

const partOf = (field: string) => field.split(/[.[]/)[0]

/**
 * Looks at a registration that somebody wrote.
 * @returns it, when it has no fault
 * @throws Refusal `client_invalid` with every fault at once
 */
export const lookAt =
  (deps: Needs) =>
  async (written: Written): Promise<ClientRegistration> => {
    const { faults, ...read } = readWritten(written)
    const apis = await deps.store.scopesOf(read.apis)
    const { scopes, limits, acrValues, feedApi } = deps
    const known = { scopes, limits, acrValues, feedApi, apis }
    const ruled = [
      ...rules.flatMap((rule) => rule(read.metadata, known)),
      ...(await calledFaults(deps, read.metadata)),
      ...(await organisationFaults(deps, read.metadata)),
      ...read.apis.flatMap((api, at) => when(!apis.has(api), `apis[${at}]`, 'is not an API that is defined here')),
      ...when(read.id === reserved, 'id', 'is the name of the service itself'),
      ...when(isLikePerson(read.id), 'id', 'must not be digits alone, as the staff ids of people are'),
    ]
    // What is not written rightly is as if it were not there: nothing more is said of it.
    const misread = new Set(faults.map(({ field }) => partOf(field)))
    const all = [...faults, ...ruled.filter(({ field }) => !misread.has(partOf(field)))]
    if (all.length === 0) return read
    const sentences = all.map(({ field, why }) => `${field} ${why}.`)
    throw new Refusal('client_invalid', undefined, sentences, all)
  }
