import type { CheckClient, CheckedClient, ClientRegistration, DeskClient, Fault } from '@fobwatch/contracts'
import { whyNoSandbox } from '#clients'
import { isRefusal } from '#kernel'
import type { Deps } from '../deps.ts'
import { takesTwoPeople } from './widened.ts'

type Needs = Pick<Deps, 'clients' | 'findClient' | 'twoPeople'>

/** What was written, or else what is wrong with it. */
const lookedAt = async ({ clients }: Needs, written: object): Promise<ClientRegistration | readonly Fault[]> => {
  try {
    return await clients.lookAt(written)
  } catch (error) {
    if (!isRefusal(error, 'client_invalid')) throw error
    return error.faults
  }
}

/** What may be asked of the database: it keeps no NUL. */
const textOf = (id: unknown): string => (typeof id === 'string' ? id.replaceAll('\0', '') : '')

const isTaken = async ({ findClient }: Needs, id: unknown): Promise<boolean> =>
  (await findClient(textOf(id))) !== undefined

const taken: Fault = { field: 'id', why: 'is the id of another application already' }

const checked = async (needs: Needs, written: CheckClient, before: DeskClient | undefined): Promise<CheckedClient> => {
  const looked = await lookedAt(needs, written)
  const ofId = !before && (await isTaken(needs, written.id)) ? [taken] : []
  if (!('metadata' in looked)) return { faults: [...ofId, ...looked], secondPerson: false }
  const faults = [...ofId, ...whyNoSandbox(before?.metadata, looked.metadata)]
  const takesTwo = needs.twoPeople.includes('add-client') && takesTwoPeople(before, looked)
  return { faults, secondPerson: faults.length === 0 && takesTwo }
}

/**
 * Looks at a registration without keeping it, so that whoever writes one step by step hears of a fault at the step where it
 * lies, and before they ask a second person.
 * @returns every fault, and whether keeping it takes two people
 * @throws Refusal `not_found` for the change of an application that is not there
 */
export const checkClient =
  (needs: Needs) =>
  async ({ version, ...written }: CheckClient): Promise<CheckedClient> => {
    const before = version === undefined ? undefined : await needs.clients.showClient(textOf(written.id))
    return checked(needs, written, before)
  }
