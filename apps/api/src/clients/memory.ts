import type { Now } from '#kernel'
import type { Api, StoredClient } from './store.ts'

/** How long something is remembered while nobody hears that it changed, in milliseconds. */
const longest = 1000

/**
 * Remembers what was found, until it is forgotten or too old. What is not there is not remembered, so that whatever is new
 * is found at once, and nobody fills the memory by asking for what there is not.
 * @param isOver whether what was found is something else by now, by the clock alone
 */
const remembering = <T>(find: (...key: string[]) => Promise<T | undefined>, isOver: (found: T) => boolean) => {
  let memory = new Map<string, { found: T; until: number }>()
  return {
    find: async (...key: string[]): Promise<T | undefined> => {
      const name = JSON.stringify(key)
      const known = memory.get(name)
      if (known && performance.now() < known.until && !isOver(known.found)) return known.found
      // A change that is heard of meanwhile makes another memory, and leaves this answer in the old one.
      const [into, until] = [memory, performance.now() + longest]
      const found = await find(...key)
      if (found) into.set(name, { found, until })
      else into.delete(name)
      return found
    },
    forget: () => {
      memory = new Map()
    },
  }
}

interface Needs {
  store: {
    find: (id: string, at: Date) => Promise<StoredClient | undefined>
    findApi: (clientId: string, resource: string) => Promise<Api | undefined>
  }
  now: Now
}

/**
 * What every request asks of this room, from memory: clients and APIs change seldom. No person's liveness is among it.
 * A change is heard of by all instances when it is committed, and by the one that makes it before it answers.
 */
export const clientMemory = ({ store, now }: Needs) => {
  const clients = remembering(
    (id: string) => store.find(id, now()),
    ({ secretEndsAt }) => secretEndsAt !== null && secretEndsAt <= now(),
  )
  const apis = remembering(store.findApi, () => false)
  return {
    /** A client that is enabled; the same object until it changes, or for a moment. */
    // PostgreSQL takes no NUL in text.
    findClient: async (id: string) => (id.includes('\0') ? undefined : clients.find(id)),
    /** The API, if this client may call it. */
    findApi: (clientId: string, resource: string) => apis.find(clientId, resource),
    forget: () => {
      clients.forget()
      apis.forget()
    },
  }
}
