import { Provider } from 'oidc-provider'
import { notes } from '#kernel'

/**
 * Remembers what was looked up for the request at hand, because the library asks for the same grant several times
 * within one. Outside a request of the library's, it remembers nothing.
 */
export const perRequest = <T>(lookUp: (id: string) => Promise<T>) => {
  const found = notes<object, Map<string, Promise<T>>>()
  const foundFor = (request: object) => {
    const ofRequest = found.get(request) ?? new Map<string, Promise<T>>()
    found.set(request, ofRequest)
    return ofRequest
  }
  const find = (id: string): Promise<T> => {
    const request: object | undefined = Provider.ctx
    if (!request) return lookUp(id)
    const ofRequest = foundFor(request)
    const known = ofRequest.get(id) ?? lookUp(id)
    ofRequest.set(id, known)
    return known
  }
  /** Remembers what was found beside something else. */
  const keep = (id: string, value: T): void => {
    if (Provider.ctx) foundFor(Provider.ctx).set(id, Promise.resolve(value))
  }
  return Object.assign(find, { keep })
}
