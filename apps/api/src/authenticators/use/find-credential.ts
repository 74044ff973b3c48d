import type { Now, Question } from '#kernel'
import type { SeenOf } from '../ceremonies.ts'
import type { Credential, UseStore } from './store.ts'

interface Deps {
  store: UseStore
  now: Now
}

/**
 * What finds a credential, to be asked beside the challenge that it answers.
 * @param clientId the application that asks, if one does
 * @param seen is told what kind was found
 */
export const findCredential =
  ({ store, now }: Deps) =>
  (credentialId: Buffer, clientId: string | null, seen: SeenOf): Question<Credential | undefined> =>
    store.findCredential(credentialId, clientId, now(), (found) => {
      if (found) seen.kind = found.kind
      return found
    })
