import type { Transaction } from '#kernel'
import type { Deps } from './deps.ts'

/** Every email address that somebody has or had, as far as the log can still be read: where letters to them went. */
export const addressesOf =
  ({ store, people, openFields }: Pick<Deps, 'store' | 'people' | 'openFields'>) =>
  async (tx: Transaction, personId: string): Promise<string[]> => {
    const [person, events] = [await people.findPerson(personId, tx), await store.allEvents(personId, tx)]
    const open = await openFields(events)
    const told = events.flatMap((event) => {
      const fields = open(event)
      return [fields?.['email'], fields?.['was.email']]
    })
    return [...new Set([person?.email, ...told].filter((address) => typeof address === 'string'))]
  }
