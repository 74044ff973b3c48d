import type { PolicyPlace } from '@fobwatch/contracts'
import type { PolicyOf } from '#authenticators'
import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'

/** Where a policy is, as people say it and as it is stored. */
export interface Place extends PolicyPlace, PolicyOf {
  name: string
}

/** What stands for the id of the service, of which there is one. */
export const theService = 'all'

type Needs = Pick<Deps, 'access' | 'findClient'>

const missing = (sentence: string) => new Refusal('not_found', undefined, [sentence])

/**
 * Finds a place by what people call it.
 * @throws Refusal `not_found` when there is no such organisation or application
 */
export const placeOf = async (deps: Needs, { scope, id }: PolicyPlace, tx?: Transaction): Promise<Place> => {
  switch (scope) {
    case 'service': {
      if (id !== theService) throw missing(`There is one service, and its id here is ${theService}.`)
      return { scope, id, scopeId: '', name: 'Everybody' }
    }
    case 'organisation': {
      const organisation = await deps.access.findOrganisation(id, tx)
      if (!organisation) throw missing(`No organisation has the code ${id}.`)
      return { scope, id, scopeId: organisation.id, name: organisation.name }
    }
    case 'client': {
      const client = await deps.findClient(id)
      if (!client) throw missing(`No application has the id ${id}.`)
      return { scope, id, scopeId: id, name: client.name }
    }
  }
}
